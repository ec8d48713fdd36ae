// What one function loads and stores, from where, and how deep: blocks, joins and loops. The instructions are in
// DataFlowStep.cpp.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/DataFlow.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

#include <algorithm>

namespace snug::machine {

const char *toString(AccessClass C) {
  switch (C) {
  case AccessClass::Memory:
    return "memory";
  case AccessClass::Stack:
    return "stack";
  case AccessClass::Spill:
    return "spill";
  case AccessClass::Static:
    return "static";
  case AccessClass::Absolute:
    return "absolute";
  case AccessClass::Got:
    return "got";
  case AccessClass::Tls:
    return "tls";
  }
  return "";
}

std::unique_ptr<DataFlow::State> DataFlow::take() {
  if (Pool.empty())
    return std::make_unique<State>();
  std::unique_ptr<State> S = std::move(Pool.back());
  Pool.pop_back();
  return S;
}

void DataFlow::enterFunction(State &S) {
  std::fill(std::begin(S.Registers), std::end(S.Registers), Value());
  for (unsigned R = RAX; R != Flags; ++R)
    S.Registers[R].Path = PathTable::ofRegister(static_cast<Reg>(R));
  S.Slots.clear();
  S.Set = 0;
}

/// The unwinder jumps here with the frame set up and every other register changed.
void DataFlow::enterLandingPad(State &S) {
  std::fill(std::begin(S.Registers), std::end(S.Registers), Value());
  S.Registers[RSP] = FrameInPads;
  S.Registers[RBP] = FramePointerInPads;
  S.Slots.clear();
  S.Set = 0;
}

void DataFlow::noteStack(const Value &V) {
  if (V.Path == PathTable::Stack && V.Offset < LowestStack)
    LowestStack = V.Offset;
}

/// Nested loops ask for the same blocks: these are read through once.
const DataFlow::Effect &DataFlow::effectOf(std::uint32_t Id) {
  Effect &E = Effects[Id];
  if (E.IsKnown)
    return E;
  E.IsKnown = true;
  const Block &B = Graph->blocks()[Id];
  for (const Instruction &X : Code.slice(B.First, B.End - B.First)) {
    E.Written |= X.Writes;
    if (X.Shape == Form::CallDirect || X.Shape == Form::CallRegister || X.Shape == Form::CallMemory)
      E.Written |= ClobberedByCalls;
    E.WritesStack |= X.Stores != 0 && (X.Memory.Base == RSP || X.Memory.Base == RBP);
  }
  return E;
}

/// Makes new paths of what the loop changes: the value of its first round does not hold in the next ones.
void DataFlow::widen(State &S, std::uint32_t Order, std::uint32_t LastOrder) {
  RegSet Written = 0;
  bool WritesStack = false;
  for (std::uint32_t N = Order; N <= LastOrder; ++N) {
    const Effect &E = effectOf(Graph->order()[N]);
    Written |= E.Written;
    WritesStack |= E.WritesStack;
  }
  const std::uint32_t Header = Graph->order()[Order];
  FirstOfLoop[Header] = static_cast<PathId>(Paths.size());
  auto Widen = [&](Value &V, Reg R, std::int64_t Slot) {
    PathNode N;
    N.Kind = PathKind::Loop;
    N.Register = R;
    N.Symbol = Header;
    N.Base = V.Path;
    N.Offset = V.Offset;
    N.OtherOffset = Slot;
    V = {Paths.fresh(N), V.Depth, 0};
  };
  for (unsigned R = RAX; R != Flags; ++R)
    if (R != RSP && (Written & (RegSet(1) << R)) && !(R == RBP && S.Registers[R].Path == PathTable::Stack))
      Widen(S.Registers[R], static_cast<Reg>(R), 0);
  if (WritesStack)
    for (Slot &L : S.Slots)
      Widen(L.Held, NoRegister, L.Offset);
}

void DataFlow::join(State &Into, const State &From) {
  auto Merge = [&](Value &A, const Value &B, bool TracksPath) {
    const std::uint32_t Depth = std::max(A.Depth, B.Depth);
    if (A.Path != B.Path || A.Offset != B.Offset) {
      if (!TracksPath || !A.Path || !B.Path) {
        A = Value();
      } else {
        PathNode N;
        N.Kind = PathKind::Either;
        N.Base = A.Path;
        N.Offset = A.Offset;
        N.Index = B.Path;
        N.OtherOffset = B.Offset;
        A = {Paths.intern(N), 0, 0};
      }
    }
    A.Depth = Depth;
  };
  for (unsigned R = 0; R != FirstSparse; ++R)
    Merge(Into.Registers[R], From.Registers[R], R < Flags);
  // Vectors and the like are seldom set: what is on neither way need not be looked at.
  Into.Set |= From.Set;
  for (RegSet Rest = Into.Set >> FirstSparse << FirstSparse; Rest; Rest &= Rest - 1) {
    const auto R = static_cast<unsigned>(llvm::countr_zero(Rest));
    Merge(Into.Registers[R], From.Registers[R], false);
  }
  // A slot is known after the join if it is on both ways.
  auto Other = From.Slots.begin();
  std::erase_if(Into.Slots, [&](Slot &L) {
    while (Other != From.Slots.end() && Other->Offset < L.Offset)
      ++Other;
    if (Other == From.Slots.end() || Other->Offset != L.Offset)
      return true;
    L.Width = std::min(L.Width, Other->Width);
    Merge(L.Held, Other->Held, true);
    return false;
  });
}

/// The loads between a value at the end of a round and the same register or slot at its begin; NotFound when the one
/// does not come from the other.
unsigned DataFlow::carried(PathId Path, const PathNode &Header, unsigned Budget) const {
  // A path is younger than those it was made of: one that was there before the loop does not come from it.
  if (Budget == 0 || Path < FirstOfLoop[Header.Symbol])
    return NotFound;
  const PathNode &N = Paths[Path];
  switch (N.Kind) {
  case PathKind::Loop:
    if (N.Symbol == Header.Symbol)
      return N.Register == Header.Register && N.OtherOffset == Header.OtherOffset ? 0 : NotFound;
    return carried(N.Base, Header, Budget - 1);
  case PathKind::Load:
  case PathKind::Result:
  case PathKind::Either: {
    unsigned A = N.Base ? carried(N.Base, Header, Budget - 1) : NotFound;
    unsigned B = N.Index ? carried(N.Index, Header, Budget - 1) : NotFound;
    unsigned Most = A == NotFound ? B : B == NotFound ? A : std::max(A, B);
    return Most == NotFound ? NotFound : Most + (N.Kind == PathKind::Load);
  }
  default:
    return NotFound;
  }
}

void DataFlow::closeLoop(const State &S, std::uint32_t HeaderBlock) {
  const std::uint32_t Header = Graph->blocks()[HeaderBlock].First;
  std::uint32_t Most = 0;
  auto Look = [&](const Value &V, Reg R, std::int64_t SlotOffset) {
    if (V.Path < FirstOfLoop[HeaderBlock])
      return;
    const PathKind Kind = Paths[V.Path].Kind;
    if (Kind != PathKind::Load && Kind != PathKind::Either && Kind != PathKind::Result)
      return;
    PathNode Wanted;
    Wanted.Symbol = HeaderBlock;
    Wanted.Register = R;
    Wanted.OtherOffset = SlotOffset;
    unsigned Loads = carried(V.Path, Wanted, 12);
    if (Loads != NotFound)
      Most = std::max(Most, static_cast<std::uint32_t>(Loads));
  };
  for (unsigned R = RAX; R != Flags; ++R)
    Look(S.Registers[R], static_cast<Reg>(R), 0);
  for (const Slot &L : S.Slots)
    Look(L.Held, NoRegister, L.Offset);
  for (Loop &L : Loops)
    if (L.Header == Header) {
      L.CarriedLoads = std::max(L.CarriedLoads, Most);
      return;
    }
  Loops.push_back({Header, Most});
}

void DataFlow::run(const Image &Of, const ControlFlow &G, llvm::ArrayRef<Instruction> Instructions) {
  I = &Of;
  Graph = &G;
  Code = Instructions;
  Paths.clear();
  Accesses.clear();
  Loops.clear();
  EverStored.clear();
  LowestStack = 0;
  DynamicFrame = false;
  FrameInPads = {PathTable::Stack, 0, 0};
  FramePointerInPads = Value();

  llvm::ArrayRef<Block> Blocks = G.blocks();
  llvm::ArrayRef<std::uint32_t> Order = G.order();
  FirstOfLoop.assign(Blocks.size(), 0);
  Effects.assign(Blocks.size(), {});
  FirstAccess.resize(Blocks.size());
  // The last block, in order, that jumps back to each header; 0 when none does.
  std::vector<std::uint32_t> Latch(Blocks.size(), 0);
  for (std::uint32_t N = 0; N != Order.size(); ++N)
    for (std::uint32_t S : G.successors(Blocks[Order[N]]))
      if (Blocks[S].Order <= N)
        Latch[S] = N + 1;

  std::vector<std::unique_ptr<State>> Entry(Blocks.size());
  for (std::uint32_t N = 0; N != Order.size(); ++N) {
    const std::uint32_t Id = Order[N];
    const Block &B = Blocks[Id];
    std::unique_ptr<State> S = std::move(Entry[Id]);
    if (!S) {
      S = take();
      if (N == 0)
        enterFunction(*S);
      else
        enterLandingPad(*S);
    }
    if (Latch[Id])
      widen(*S, N, Latch[Id] - 1);
    Reached = B.IsReached;
    FirstAccess[Id] = static_cast<std::uint32_t>(Accesses.size());
    for (std::uint32_t X = B.First; X != B.End; ++X)
      step(*S, Code[X], X);

    llvm::ArrayRef<std::uint32_t> Successors = G.successors(B);
    std::uint32_t LastForward = ~0U;
    for (std::uint32_t T : Successors)
      if (Blocks[T].Order > N)
        LastForward = T;
      else
        closeLoop(*S, T);
    for (std::uint32_t T : Successors) {
      if (Blocks[T].Order <= N)
        continue;
      if (Entry[T]) {
        join(*Entry[T], *S);
      } else if (T == LastForward) {
        Entry[T] = std::move(S);
        break; // the last one: nothing of this state is needed any more
      } else {
        Entry[T] = take();
        *Entry[T] = *S;
      }
    }
    if (S)
      Pool.push_back(std::move(S));
  }
  sortAccesses();
}

/// From the order of the walk into that of the code. Within a block both are the same.
void DataFlow::sortAccesses() {
  llvm::ArrayRef<std::uint32_t> Order = Graph->order();
  if (llvm::is_sorted(Order))
    return;
  Sorted.clear();
  Sorted.reserve(Accesses.size());
  for (std::uint32_t Id = 0; Id != Graph->blocks().size(); ++Id) {
    const std::uint32_t Next = Graph->blocks()[Id].Order + 1;
    const std::size_t End = Next == Order.size() ? Accesses.size() : FirstAccess[Order[Next]];
    Sorted.insert(Sorted.end(), Accesses.begin() + FirstAccess[Id],
                  Accesses.begin() + static_cast<std::ptrdiff_t>(End));
  }
  std::swap(Accesses, Sorted);
}

} // namespace snug::machine
