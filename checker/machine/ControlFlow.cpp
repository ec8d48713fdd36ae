// Basic blocks of one function, jump tables included.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/ControlFlow.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/Endian.h"

#include <algorithm>

namespace snug::machine {
bool ControlFlow::endsBlock(const Image &I, const Instruction &X) {
  switch (X.Shape) {
  case Form::Jump:
  case Form::ConditionalJump:
  case Form::JumpRegister:
  case Form::JumpMemory:
  case Form::Return:
  case Form::Trap:
    return true;
  case Form::CallDirect: {
    const Reference &R = X.Operand;
    if (R.What == Reference::Kind::None)
      return false;
    // Names are looked up once for each function that is called, not for each call.
    const std::uint64_t Key = R.What == Reference::Kind::Symbol
                                  ? R.Symbol
                                  : static_cast<std::uint64_t>(R.Offset) + (std::uint64_t(R.Section) << 40);
    auto [It, New] = NoReturn.try_emplace(Key, false);
    if (New)
      It->second = I.isNoReturn(R);
    return It->second;
  }
  default:
    return false;
  }
}

bool ControlFlow::isTableJump(std::uint32_t InstructionIndex) const {
  return llvm::any_of(Tables, [&](const Table &T) { return T.Jump == InstructionIndex; });
}

/// Follows the rip-relative lea of a table to the scaled load of an entry and on to the jump, in code order.
void ControlFlow::findTables(const Image &I, const Function &F, llvm::ArrayRef<Instruction> Code) {
  if (llvm::none_of(Code,
                    [](const Instruction &X) { return X.Shape == Form::JumpRegister || X.Shape == Form::JumpMemory; }))
    return;
  constexpr std::uint32_t None = ~0U;
  std::uint32_t LeaOf[16];
  std::fill(std::begin(LeaOf), std::end(LeaOf), None);
  std::vector<std::uint32_t> Leas;
  Reference Pending;
  bool PendingIsRelative = true;
  for (std::uint32_t N = 0; N != Code.size(); ++N) {
    const Instruction &X = Code[N];
    const bool IsEntryLoad = X.Shape == Form::PlainLoad && X.HasMemory && X.Memory.Index < Flags;
    if (IsEntryLoad && X.Width == 4 && X.Memory.Scale == 4 && X.Memory.Base < Flags) {
      std::uint32_t Lea = LeaOf[X.Memory.Base];
      for (size_t L = Leas.size(); Lea == None && L != 0; --L)
        if (Code[Leas[L - 1]].Destination == X.Memory.Base)
          Lea = Leas[L - 1];
      if (Lea != None) {
        Pending = Code[Lea].Operand;
        PendingIsRelative = true;
      }
    } else if ((IsEntryLoad || X.Shape == Form::JumpMemory) && X.Memory.Scale == 8 && X.Memory.Base == NoRegister &&
               X.Memory.Index < Flags) {
      Pending = X.Operand;
      PendingIsRelative = false;
      if (Pending.What == Reference::Kind::None && !I.isRelocatable()) {
        Pending.What = Reference::Kind::Address;
        Pending.Offset = X.Memory.Displacement;
      }
    }
    if ((X.Shape == Form::JumpRegister || X.Shape == Form::JumpMemory) && Pending.What != Reference::Kind::None) {
      std::vector<std::uint32_t> Targets = readTable(I, F, Pending, PendingIsRelative);
      if (!Targets.empty())
        Tables.push_back({N, std::move(Targets)});
      Pending = Reference();
    }
    RegSet Written = X.Writes;
    if (X.Shape == Form::CallDirect || X.Shape == Form::CallRegister || X.Shape == Form::CallMemory)
      Written |= ClobberedByCalls;
    for (unsigned R = 0; R != 16; ++R)
      if (Written & (RegSet(1) << R))
        LeaOf[R] = None;
    if (X.Shape == Form::Lea && X.Memory.Base == Rip && X.Destination < Flags) {
      LeaOf[X.Destination] = N;
      Leas.push_back(N);
    }
  }
}

std::vector<std::uint32_t> ControlFlow::readTable(const Image &I, const Function &F, const Reference &At,
                                                  bool IsRelative) const {
  constexpr unsigned MaxEntries = 1U << 16;
  const unsigned EntrySize = IsRelative ? 4 : 8;
  std::vector<std::uint32_t> Targets;
  auto Add = [&](const Reference &To) {
    const std::optional<std::uint64_t> Place = I.placeIn(F, To);
    if (!Place)
      return false;
    const std::uint32_t Index = indexAt(*Place);
    if (Index == Count)
      return false;
    Targets.push_back(Index);
    return true;
  };

  if (I.isRelocatable()) {
    if (At.What != Reference::Kind::Symbol)
      return Targets;
    const std::uint32_t In = I.symbols()[At.Symbol].Section;
    const std::uint64_t Table = I.symbols()[At.Symbol].Value + static_cast<std::uint64_t>(At.Offset);
    llvm::ArrayRef<Relocation> All = I.relocationsOf(In);
    auto It = llvm::lower_bound(All, Table, [](const Relocation &R, std::uint64_t A) { return R.Offset < A; });
    for (unsigned Entry = 0; It != All.end() && It->Offset == Table + EntrySize * Entry && Entry != MaxEntries;
         ++It, ++Entry) {
      if (It->Type != (IsRelative ? llvm::ELF::R_X86_64_PC32 : llvm::ELF::R_X86_64_64))
        break;
      Reference To;
      To.What = Reference::Kind::Symbol;
      To.Symbol = It->Symbol;
      To.Offset = It->Addend - (IsRelative ? static_cast<std::int64_t>(EntrySize * Entry) : 0);
      Add(To); // an entry may lead out of the function; the table goes on
    }
    return Targets;
  }

  if (At.What != Reference::Kind::Address)
    return Targets;
  const auto Table = static_cast<std::uint64_t>(At.Offset);
  const Section *S = I.sectionAt(Table);
  if (!S)
    return Targets;
  for (unsigned Entry = 0; Entry != MaxEntries; ++Entry) {
    const std::uint64_t Place = Table - S->Address + EntrySize * Entry;
    if (Place + EntrySize > S->Bytes.size())
      break;
    const std::uint8_t *Data = S->Bytes.data() + Place;
    const std::uint64_t Target = IsRelative
                                     ? Table + static_cast<std::uint64_t>(static_cast<std::int64_t>(
                                                   static_cast<std::int32_t>(llvm::support::endian::read32le(Data))))
                                     : llvm::support::endian::read64le(Data);
    Reference To;
    To.What = Reference::Kind::Address;
    To.Offset = static_cast<std::int64_t>(Target);
    if (!Add(To))
      break;
  }
  return Targets;
}

void ControlFlow::build(const Image &I, const Function &F, llvm::ArrayRef<Instruction> Code) {
  Blocks.clear();
  Successors.clear();
  Order.clear();
  Tables.clear();
  Count = static_cast<std::uint32_t>(Code.size());
  if (Count == 0)
    return;
  First = Code.front().Address;
  IndexOf.assign(static_cast<std::size_t>(Code.back().Address - First) + 1, Count);
  for (std::uint32_t N = 0; N != Count; ++N)
    IndexOf[static_cast<std::size_t>(Code[N].Address - First)] = N;
  findTables(I, F, Code);

  Leader.assign(Count + 1, 0);
  Leader[0] = 1;
  // A jump to the first instruction is a loop or a tail call to itself: both begin the function anew.
  auto StaysInside = [](const Instruction &X) { return X.HasTarget; };
  Ends.assign(Count, 0);
  for (std::uint32_t N = 0; N != Count; ++N) {
    const Instruction &X = Code[N];
    Leader[N] |= X.StartsPart;
    if (!endsBlock(I, X))
      continue;
    Ends[N] = 1;
    Leader[N + 1] = 1;
    if ((X.Shape == Form::Jump || X.Shape == Form::ConditionalJump) && StaysInside(X))
      Leader[indexAt(X.Target)] = 1;
  }
  for (const Table &T : Tables)
    for (std::uint32_t Target : T.Targets)
      Leader[Target] = 1;

  BlockOf.assign(Count + 1, 0);
  for (std::uint32_t N = 0; N != Count; ++N) {
    if (Leader[N]) {
      if (!Blocks.empty())
        Blocks.back().End = N;
      Blocks.emplace_back().First = N;
    }
    BlockOf[N] = static_cast<std::uint32_t>(Blocks.size() - 1);
  }
  Blocks.back().End = Count;

  for (Block &B : Blocks) {
    const std::uint32_t Last = B.End - 1;
    const Instruction &X = Code[Last];
    B.FirstSuccessor = static_cast<std::uint32_t>(Successors.size());
    const bool Branches = X.Shape == Form::Jump || X.Shape == Form::ConditionalJump;
    const bool FallsThrough = X.Shape == Form::ConditionalJump || !Ends[Last];
    if (FallsThrough && B.End != Count && !Code[B.End].StartsPart)
      Successors.push_back(BlockOf[B.End]);
    if (Branches && StaysInside(X)) {
      const std::uint32_t Target = indexAt(X.Target);
      if (Target != Count)
        Successors.push_back(BlockOf[Target]);
    }
    if (X.Shape == Form::JumpRegister || X.Shape == Form::JumpMemory)
      for (const Table &T : Tables)
        if (T.Jump == Last)
          for (std::uint32_t Target : T.Targets)
            Successors.push_back(BlockOf[Target]);
    auto Begin = Successors.begin() + B.FirstSuccessor;
    if (Successors.end() - Begin > 1) {
      std::sort(Begin, Successors.end());
      Successors.erase(std::unique(Begin, Successors.end()), Successors.end());
    }
    B.SuccessorCount = static_cast<std::uint32_t>(Successors.size()) - B.FirstSuccessor;
  }
  sortBlocks();
}

void ControlFlow::makeStraight(std::size_t Instructions) {
  Blocks.clear();
  Successors.clear();
  Order.clear();
  Tables.clear();
  if (Instructions == 0)
    return;
  Block &Only = Blocks.emplace_back();
  Only.End = static_cast<std::uint32_t>(Instructions);
  Only.IsReached = true;
  Order.push_back(0);
}

/// One depth-first walk; appends its blocks to `Order` so that each comes before what only it reaches.
void ControlFlow::visit(std::uint32_t Root, bool FromEntry) {
  const size_t From = Order.size();
  Walk.clear();
  Walk.push_back({Root, 0});
  State[Root] = 1;
  Blocks[Root].IsReached = FromEntry;
  while (!Walk.empty()) {
    auto &[B, Next] = Walk.back();
    if (Next == Blocks[B].SuccessorCount) {
      Order.push_back(B);
      Walk.pop_back();
      continue;
    }
    // The last one first, so that the order keeps to that of the code where it may.
    const std::uint32_t S = Successors[Blocks[B].FirstSuccessor + Blocks[B].SuccessorCount - ++Next];
    if (State[S])
      continue;
    State[S] = 1;
    Blocks[S].IsReached = FromEntry;
    Walk.push_back({S, 0});
  }
  std::reverse(Order.begin() + static_cast<std::ptrdiff_t>(From), Order.end());
}

void ControlFlow::sortBlocks() {
  State.assign(Blocks.size(), 0);
  Order.reserve(Blocks.size());
  visit(0, true);
  for (std::uint32_t B = 1; B < Blocks.size(); ++B)
    if (!State[B])
      visit(B, false);
  for (std::uint32_t N = 0; N != Order.size(); ++N)
    Blocks[Order[N]].Order = N;
}

} // namespace snug::machine
