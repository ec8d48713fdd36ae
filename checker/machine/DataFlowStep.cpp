// What each instruction does to the abstract values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/DataFlow.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <algorithm>

namespace snug::machine {

Value DataFlow::result(const Value &A, const Value &B, std::uint32_t Depth) {
  PathNode N;
  N.Kind = PathKind::Result;
  N.Base = A.Path;
  N.Index = B.Path;
  return {Paths.fresh(N), Depth, 0};
}

/// Pointer arithmetic: a constant only moves the offset.
Value DataFlow::sum(const Value &A, const Value &B) {
  const std::uint32_t Depth = std::max(A.Depth, B.Depth);
  if (Paths[B.Path].Kind == PathKind::Absolute && I->isRelocatable())
    return {A.Path, Depth, moved(A.Offset, B.Offset)};
  if (Paths[A.Path].Kind == PathKind::Absolute && I->isRelocatable())
    return {B.Path, Depth, moved(A.Offset, B.Offset)};
  return result(A, B, Depth);
}

const DataFlow::Slot *DataFlow::slotAt(const State &S, std::int64_t Offset) const {
  auto It = llvm::lower_bound(S.Slots, Offset, [](const Slot &L, std::int64_t O) { return L.Offset < O; });
  return It != S.Slots.end() && It->Offset == Offset ? &*It : nullptr;
}

void DataFlow::writeSlot(State &S, std::int64_t Offset, std::uint8_t Width, const Value &V) {
  const std::int64_t End = moved(Offset, std::max<std::int64_t>(Width, 1));
  auto Begin =
      llvm::lower_bound(S.Slots, Offset, [](const Slot &L, std::int64_t O) { return moved(L.Offset, L.Width) <= O; });
  auto Last = Begin;
  while (Last != S.Slots.end() && Last->Offset < End)
    ++Last;
  if (Last - Begin == 1 && Begin->Offset == Offset) {
    Begin->Width = Width;
    Begin->Held = V;
  } else {
    auto At = S.Slots.erase(Begin, Last);
    S.Slots.insert(At, {Offset, Width, V});
  }
  if (EverStored.empty() || EverStored.back() != Offset)
    EverStored.push_back(Offset);
}

void DataFlow::push(State &S, const Value &V) {
  Value &Top = S.Registers[RSP];
  Top.Offset = moved(Top.Offset, -8);
  noteStack(Top);
  if (Top.Path == PathTable::Stack)
    writeSlot(S, Top.Offset, 8, V);
}

Value DataFlow::pop(State &S) {
  Value &Top = S.Registers[RSP];
  Value V;
  if (Top.Path == PathTable::Stack)
    if (const Slot *L = slotAt(S, Top.Offset))
      V = L->Held;
  Top.Offset = moved(Top.Offset, 8);
  return V;
}

DataFlow::Address DataFlow::address(const State &S, const Instruction &X) const {
  const MemoryOperand &M = X.Memory;
  Address A;
  A.Node.Kind = PathKind::Load;
  // Roots are interned by their own equality, so this stays const: see `intern` in load and store.
  const Value *Index = M.Index < RegisterCount ? &S.Registers[M.Index] : nullptr;
  const Value *Base = M.Base < RegisterCount ? &S.Registers[M.Base] : nullptr;
  A.Depth = std::max(Index ? Index->Depth : 0, Base ? Base->Depth : 0);
  PathNode Root;
  if (M.Segment == Fs || M.Segment == Gs) {
    Root.Kind = PathKind::Tls;
    Root.Register = M.Segment;
    Root.Symbol = X.Operand.What == Reference::Kind::Symbol ? X.Operand.Symbol : 0;
    A.Node.Offset = Root.Symbol ? X.Operand.Offset : M.Displacement;
    A.Class = AccessClass::Tls;
    if (Base && !Index)
      Index = Base;
    Base = nullptr;
  } else if (M.Base == Rip || !Base || X.Operand.What == Reference::Kind::Symbol) {
    // A name, perhaps with a register as index into it.
    const bool IsSymbol = X.Operand.What == Reference::Kind::Symbol;
    Root.Kind = IsSymbol ? (X.Operand.IsGot ? PathKind::Got : PathKind::Symbol) : PathKind::Absolute;
    Root.Symbol = IsSymbol ? X.Operand.Symbol : 0;
    A.Node.Offset = X.Operand.What != Reference::Kind::None ? X.Operand.Offset
                    : M.Base == Rip                         ? moved(static_cast<std::int64_t>(X.end()), M.Displacement)
                                                            : M.Displacement;
    A.Class = X.Operand.IsGot             ? AccessClass::Got
              : M.Base == Rip || IsSymbol ? AccessClass::Static
                                          : AccessClass::Absolute;
    if (X.Operand.IsGot)
      A.Node.Offset = X.Operand.What == Reference::Kind::Symbol ? 0 : A.Node.Offset;
    if (Base && !Index)
      Index = Base;
    Base = nullptr;
  } else {
    A.Node.Base = Base->Path;
    A.Node.Offset = moved(Base->Offset, M.Displacement);
    const PathNode &From = Paths[Base->Path];
    if (Base->Path == PathTable::Stack)
      A.Class = AccessClass::Stack;
    else if (From.Kind == PathKind::Symbol || From.Kind == PathKind::Absolute)
      A.Class = AccessClass::Static;
    else
      A.Class = AccessClass::Memory;
  }
  if (Index) {
    A.Node.Index = Index->Path;
    A.Node.Scale = M.Index < RegisterCount ? M.Scale : 1;
    A.Node.OtherOffset = Index->Offset;
  }
  if (!Base && A.Class != AccessClass::Memory)
    A.Node.Base = const_cast<DataFlow *>(this)->Paths.intern(Root);
  return A;
}

Value DataFlow::load(State &S, const Address &A, const Instruction &X, std::uint32_t Index) {
  Access L;
  L.Instruction = Index;
  L.Width = X.Width;
  L.Class = A.Class;
  L.IsReached = Reached;
  L.IsVariable = X.IsRepeated;
  L.Place = Paths.intern(A.Node);
  Value V{L.Place, A.Depth + 1, 0};
  if (A.Class == AccessClass::Stack && !A.Node.Scale) {
    noteStack({A.Node.Base, 0, A.Node.Offset});
    const Slot *Known = slotAt(S, A.Node.Offset);
    if (Known && X.Width <= Known->Width) {
      L.Class = AccessClass::Spill;
      V = Known->Held;
      if (!V.Path)
        V.Path = L.Place;
    } else if (!Reached && llvm::is_contained(EverStored, A.Node.Offset)) {
      L.Class = AccessClass::Spill;
      V.Depth = 0;
    }
  }
  L.Depth = V.Depth;
  Accesses.push_back(L);
  return V;
}

void DataFlow::store(State &S, const Address &A, const Instruction &X, std::uint32_t Index, const Value &V) {
  Access L;
  L.Instruction = Index;
  L.Width = X.Width;
  L.Class = A.Class;
  L.IsStore = true;
  L.IsReached = Reached;
  L.IsVariable = X.IsRepeated;
  L.Place = Paths.intern(A.Node);
  if (A.Class == AccessClass::Stack) {
    if (!A.Node.Scale) {
      noteStack({A.Node.Base, 0, A.Node.Offset});
      writeSlot(S, A.Node.Offset, X.Width, V);
    } else {
      S.Slots.clear(); // an array on the stack: any slot could be meant
    }
  }
  Accesses.push_back(L);
}

/// Writes the destination, and to the other written registers the same depth without a path.
void DataFlow::set(State &S, const Instruction &X, const Value &V) {
  S.Set |= X.Writes | setOf(X.Destination);
  for (RegSet Rest = X.Writes; Rest; Rest &= Rest - 1)
    S.Registers[llvm::countr_zero(Rest)] = {0, V.Depth, 0};
  if (X.Destination < RegisterCount)
    S.Registers[X.Destination] = V;
}

void DataFlow::call(State &S, const Instruction &X, PathId Callee) {
  for (Reg R : {RDI, RSI, RDX, RCX, R8, R9})
    if (S.Registers[R].Path == PathTable::Stack) {
      S.Slots.clear();
      break;
    }
  for (RegSet Rest = ClobberedByCalls & ((RegSet(1) << RegisterCount) - 1); Rest; Rest &= Rest - 1)
    S.Registers[llvm::countr_zero(Rest)] = Value();
  S.Set &= ~ClobberedByCalls;
  PathNode N;
  N.Kind = PathKind::Return;
  N.Base = Callee;
  if (!Callee) {
    N.Scale = X.Operand.What == Reference::Kind::Symbol;
    N.Symbol = N.Scale ? X.Operand.Symbol : X.Operand.Section;
    N.Offset = X.Operand.Offset;
  }
  for (Reg R : {RAX, RDX}) {
    N.Register = R;
    S.Registers[R] = {Paths.fresh(N), 0, 0}; // two calls return two values
  }
}

void DataFlow::stringOp(State &S, const Instruction &X, std::uint32_t Index) {
  auto Through = [&](Reg Pointer) {
    Address A;
    A.Node.Kind = PathKind::Load;
    const Value &P = S.Registers[Pointer];
    A.Node.Base = P.Path;
    A.Node.Offset = P.Offset;
    A.Depth = P.Depth;
    if (X.IsRepeated) {
      A.Node.Scale = X.Width;
      A.Node.Index = S.Registers[RCX].Path;
      A.Depth = std::max(A.Depth, S.Registers[RCX].Depth);
    }
    A.Class = P.Path == PathTable::Stack ? AccessClass::Stack : AccessClass::Memory;
    return A;
  };
  const bool Source = X.Writes & setOf(RSI), Destination = X.Writes & setOf(RDI);
  Value V;
  if (Source)
    V = load(S, Through(RSI), X, Index);
  else
    V = S.Registers[RAX];
  if (Destination && X.Stores)
    store(S, Through(RDI), X, Index, V);
  else if (Destination)
    V.Depth = std::max(V.Depth, load(S, Through(RDI), X, Index).Depth);
  for (Reg R : {RSI, RDI})
    if (X.Writes & setOf(R)) {
      if (X.IsRepeated)
        S.Registers[R] = result(S.Registers[R], S.Registers[RCX], S.Registers[R].Depth);
      else
        S.Registers[R].Offset = moved(S.Registers[R].Offset, X.Width); // the direction flag is clear by the ABI
    }
  if (X.IsRepeated)
    S.Registers[RCX] = Value();
  if (X.Writes & setOf(RAX))
    S.Registers[RAX] = V;
  if (X.Writes & setOf(Flags))
    S.Registers[Flags] = {0, V.Depth, 0};
}

void DataFlow::generic(State &S, const Instruction &X, std::uint32_t Index) {
  // Two operands are named in the path; the depth is that of all.
  Value First = X.Sources[0] < RegisterCount ? S.Registers[X.Sources[0]] : Value();
  Value Second = X.Sources[1] < RegisterCount ? S.Registers[X.Sources[1]] : Value();
  std::uint32_t Depth = 0;
  for (RegSet Rest = X.Reads; Rest; Rest &= Rest - 1)
    Depth = std::max(Depth, S.Registers[llvm::countr_zero(Rest)].Depth);
  Address A;
  if (X.HasMemory && (X.Loads || X.Stores))
    A = address(S, X);
  if (X.Loads && X.HasMemory) {
    Value Loaded = load(S, A, X, Index);
    Depth = std::max(Depth, Loaded.Depth);
    (First.Path ? Second : First) = Loaded;
  }
  if (X.Stores && X.HasMemory)
    store(S, A, X, Index, Value{0, Depth, 0});
  if (!X.Writes)
    return;
  if (X.Destination < Flags)
    set(S, X, result(First, Second, Depth));
  else
    set(S, X, {0, Depth, 0});
}

void DataFlow::step(State &S, const Instruction &X, std::uint32_t Index) {
  const auto Source = [&](unsigned N) { return X.Sources[N] < RegisterCount ? S.Registers[X.Sources[N]] : Value(); };
  switch (X.Shape) {
  case Form::Nop:
  case Form::Prefix:
  case Form::Trap:
  case Form::Jump:
  case Form::ConditionalJump:
  case Form::JumpRegister:
  case Form::Return:
    return;
  case Form::Copy:
    return set(S, X, Source(0));
  case Form::Constant: {
    PathNode N;
    N.Kind = X.Operand.What == Reference::Kind::Symbol ? PathKind::Symbol : PathKind::Absolute;
    N.Symbol = X.Operand.Symbol;
    return set(S, X, {Paths.intern(N), 0, N.Kind == PathKind::Symbol ? X.Operand.Offset : X.Immediate});
  }
  case Form::Zero: {
    PathNode N;
    N.Kind = PathKind::Absolute;
    return set(S, X, {Paths.intern(N), 0, 0});
  }
  case Form::AddImmediate:
  case Form::SubImmediate: {
    Value V = Source(0);
    V.Offset = moved(V.Offset, X.Shape == Form::AddImmediate ? X.Immediate : -X.Immediate);
    set(S, X, V);
    if (X.Destination == RSP) {
      noteStack(V);
      if (Reached && V.Path == PathTable::Stack && V.Offset <= FrameInPads.Offset)
        FrameInPads = V;
    }
    return;
  }
  case Form::AndImmediate: {
    if (X.Destination != RSP || S.Registers[RSP].Path != PathTable::Stack)
      return generic(S, X, Index);
    // Over-aligned frames: the stack is taken to be as aligned before the call as this frame asks for.
    Value V = S.Registers[RSP];
    V.Offset = moved(moved(V.Offset, -8) & X.Immediate, 8);
    noteStack(V);
    return set(S, X, V);
  }
  case Form::Add:
    return set(S, X, sum(Source(0), Source(1)));
  case Form::Lea: {
    Address A = address(S, X);
    Value V{A.Node.Base, A.Depth, A.Node.Offset};
    if (A.Node.Scale) {
      Value Scaled{A.Node.Index, A.Depth, A.Node.OtherOffset};
      V = A.Node.Scale == 1 ? sum(V, Scaled) : result(V, Scaled, A.Depth);
    } else if (X.Operand.IsTls) {
      V = result(V, V, A.Depth);
    }
    set(S, X, V);
    if (X.Destination == RSP)
      noteStack(V);
    return;
  }
  case Form::Select: {
    Value A = Source(0);
    const Value B = Source(1);
    const std::uint32_t Depth = std::max({A.Depth, B.Depth, S.Registers[Flags].Depth});
    if (A.Path != B.Path || A.Offset != B.Offset) {
      PathNode N;
      N.Kind = PathKind::Either;
      N.Base = A.Path;
      N.Offset = A.Offset;
      N.Index = B.Path;
      N.OtherOffset = B.Offset;
      A = {Paths.intern(N), 0, 0};
    }
    A.Depth = Depth;
    return set(S, X, A);
  }
  case Form::Exchange:
    if (X.Sources[0] < RegisterCount && X.Sources[1] < RegisterCount)
      std::swap(S.Registers[X.Sources[0]], S.Registers[X.Sources[1]]);
    return;
  case Form::PlainLoad: {
    if (X.Reads != 0 || !X.HasMemory || X.Destination >= RegisterCount) {
      generic(S, X, Index);
      if (!X.HasMemory || X.Destination < RegisterCount || !(X.Writes & setOf(RAX)))
        return;
      S.Registers[RAX].Path = Accesses.back().Place; // mov eax, [address]
      return;
    }
    return set(S, X, load(S, address(S, X), X, Index));
  }
  case Form::PlainStore: {
    if (!X.HasMemory)
      return;
    Value V = Source(0);
    if (llvm::popcount(X.Reads) > 1)
      V = {};
    for (RegSet Rest = X.Reads; Rest; Rest &= Rest - 1)
      V.Depth = std::max(V.Depth, S.Registers[llvm::countr_zero(Rest)].Depth);
    return store(S, address(S, X), X, Index, V);
  }
  case Form::Push: {
    push(S, Source(0));
    if (Reached && S.Registers[RSP].Path == PathTable::Stack && S.Registers[RSP].Offset <= FrameInPads.Offset)
      FrameInPads = S.Registers[RSP];
    return;
  }
  case Form::PushMemory: {
    Value V = load(S, address(S, X), X, Index);
    return push(S, V);
  }
  case Form::Pop: {
    const Value V = pop(S);
    if (X.Destination < RegisterCount)
      S.Registers[X.Destination] = V;
    return;
  }
  case Form::PopMemory: {
    const Value V = pop(S);
    return store(S, address(S, X), X, Index, V);
  }
  case Form::Leave:
    S.Registers[RSP] = S.Registers[RBP];
    S.Registers[RBP] = pop(S);
    return;
  case Form::CallDirect:
    if (Reached && S.Registers[RBP].Path == PathTable::Stack)
      FramePointerInPads = S.Registers[RBP];
    return call(S, X, 0);
  case Form::CallRegister:
    return call(S, X, Source(0).Path);
  case Form::CallMemory: {
    load(S, address(S, X), X, Index);
    return call(S, X, Accesses.back().Place);
  }
  case Form::JumpMemory:
    load(S, address(S, X), X, Index);
    return;
  case Form::String:
    return stringOp(S, X, Index);
  case Form::Xlat: {
    Address A;
    A.Node.Kind = PathKind::Load;
    A.Node.Base = S.Registers[RBX].Path;
    A.Node.Offset = S.Registers[RBX].Offset;
    A.Node.Index = S.Registers[RAX].Path;
    A.Node.Scale = 1;
    A.Depth = std::max(S.Registers[RBX].Depth, S.Registers[RAX].Depth);
    S.Registers[RAX] = load(S, A, X, Index);
    return;
  }
  case Form::MaskedMove: {
    Address A;
    A.Node.Kind = PathKind::Load;
    A.Node.Base = S.Registers[RDI].Path;
    A.Node.Offset = S.Registers[RDI].Offset;
    if (A.Node.Base == PathTable::Stack)
      A.Class = AccessClass::Stack;
    return store(S, A, X, Index, Value());
  }
  case Form::Unsupported:
    for (RegSet Rest = X.Writes; Rest; Rest &= Rest - 1)
      S.Registers[llvm::countr_zero(Rest)] = Value();
    return;
  case Form::Generic:
    break;
  }
  generic(S, X, Index);
  if ((X.Writes & setOf(RSP)) && S.Registers[RSP].Path != PathTable::Stack)
    DynamicFrame = true;
}

} // namespace snug::machine
