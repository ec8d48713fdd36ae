// The figures of one function, and the details behind them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Analysis.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::machine {
namespace {

constexpr unsigned LineBits = 6; // 64 bytes

bool isOwnFrame(const PathTable &Paths, const Access &A) {
  const PathNode &N = Paths[A.Place];
  return N.Base == PathTable::Stack && N.Offset < 0;
}

/// Rounded down, for what lies before the base as well.
std::int64_t lineOf(std::int64_t Offset) { return Offset >> LineBits; }

} // namespace

llvm::ArrayRef<MetricName> metricNames() {
  static const MetricName Names[] = {
      {"instructions", [](const Metrics &M) -> std::uint64_t { return M.Instructions; }},
      {"bytes", [](const Metrics &M) -> std::uint64_t { return M.Bytes; }},
      {"loads", [](const Metrics &M) -> std::uint64_t { return M.Loads; }},
      {"stores", [](const Metrics &M) -> std::uint64_t { return M.Stores; }},
      {"chain", [](const Metrics &M) -> std::uint64_t { return M.Chain; }},
      {"hops", [](const Metrics &M) -> std::uint64_t { return M.Chain ? M.Chain - 1 : 0; }},
      {"cold_instructions", [](const Metrics &M) -> std::uint64_t { return M.ColdInstructions; }},
      {"cold_bytes", [](const Metrics &M) -> std::uint64_t { return M.ColdBytes; }},
      {"spills", [](const Metrics &M) -> std::uint64_t { return M.Spills; }},
      {"calls", [](const Metrics &M) -> std::uint64_t { return M.Calls; }},
      {"indirect_calls", [](const Metrics &M) -> std::uint64_t { return M.IndirectCalls; }},
      {"tail_calls", [](const Metrics &M) -> std::uint64_t { return M.TailCalls; }},
      {"cache_lines", [](const Metrics &M) -> std::uint64_t { return M.CacheLines; }},
      {"frame", [](const Metrics &M) -> std::uint64_t { return M.Frame; }},
      {"frame_stores", [](const Metrics &M) -> std::uint64_t { return M.FrameStores; }},
      {"path_loads", [](const Metrics &M) -> std::uint64_t { return M.PathLoads; }},
      {"path_stores", [](const Metrics &M) -> std::uint64_t { return M.PathStores; }},
      {"path_instructions", [](const Metrics &M) -> std::uint64_t { return M.PathInstructions; }},
      {"entry_loads", [](const Metrics &M) -> std::uint64_t { return M.EntryLoads; }},
      {"entry_chain", [](const Metrics &M) -> std::uint64_t { return M.EntryChain; }},
      {"entry_stores", [](const Metrics &M) -> std::uint64_t { return M.EntryStores; }},
      {"entry_instructions", [](const Metrics &M) -> std::uint64_t { return M.EntryInstructions; }},
      {"loop_chain", [](const Metrics &M) -> std::uint64_t { return M.LoopChain; }},
      {"memory_loads", [](const Metrics &M) -> std::uint64_t { return M.ByClass[unsigned(AccessClass::Memory)]; }},
      {"stack_loads", [](const Metrics &M) -> std::uint64_t { return M.ByClass[unsigned(AccessClass::Stack)]; }},
      {"static_loads",
       [](const Metrics &M) -> std::uint64_t {
         return M.ByClass[unsigned(AccessClass::Static)] + M.ByClass[unsigned(AccessClass::Absolute)];
       }},
      {"got_loads", [](const Metrics &M) -> std::uint64_t { return M.ByClass[unsigned(AccessClass::Got)]; }},
      {"tls_loads", [](const Metrics &M) -> std::uint64_t { return M.ByClass[unsigned(AccessClass::Tls)]; }},
      {"implicit_loads", [](const Metrics &M) -> std::uint64_t { return M.StackLoads; }},
      {"implicit_stores", [](const Metrics &M) -> std::uint64_t { return M.StackStores; }},
      {"atomics", [](const Metrics &M) -> std::uint64_t { return M.Atomics; }},
  };
  return Names;
}

std::string inWords(llvm::StringRef MetricName) {
  std::string Words = MetricName.str();
  std::replace(Words.begin(), Words.end(), '_', ' ');
  return Words;
}

void Metrics::add(const Metrics &O) {
  Bytes += O.Bytes;
  Instructions += O.Instructions;
  ColdBytes += O.ColdBytes;
  ColdInstructions += O.ColdInstructions;
  Loads += O.Loads;
  Stores += O.Stores;
  FrameStores += O.FrameStores;
  Spills += O.Spills;
  for (unsigned C = 0; C != AccessClassCount; ++C)
    ByClass[C] += O.ByClass[C];
  Chain = std::max(Chain, O.Chain);
  LoopChain = std::max(LoopChain, O.LoopChain);
  Calls += O.Calls;
  IndirectCalls += O.IndirectCalls;
  TailCalls += O.TailCalls;
  CacheLines += O.CacheLines;
  StackLoads += O.StackLoads;
  StackStores += O.StackStores;
  Atomics += O.Atomics;
  Undecoded += O.Undecoded;
  Frame = std::max(Frame, O.Frame);
  HasDynamicFrame |= O.HasDynamicFrame;
  HasRepeats |= O.HasRepeats;
}

bool Analyzer::isTailCall(const Function &F, std::uint32_t Index) const {
  const Instruction &X = Code[Index];
  switch (X.Shape) {
  case Form::JumpRegister:
  case Form::JumpMemory:
    return !Graph.isTableJump(Index);
  case Form::Jump:
  case Form::ConditionalJump: {
    if (X.HasTarget)
      return false;
    // A jump between a function and its cold part stays in the function as its author sees it.
    std::int64_t Offset = 0;
    llvm::StringRef To = I->symbolAt(X.Operand, Offset), Own = I->nameOf(F);
    auto IsColdPartOf = [](llvm::StringRef Part, llvm::StringRef Whole) {
      return Part.consume_front(Whole) && Part.starts_with(".cold");
    };
    return !IsColdPartOf(To, Own) && !IsColdPartOf(Own, To);
  }
  default:
    return false;
  }
}

/// The largest sum over the ways from the entry that close no loop, for each count by itself.
void Analyzer::countPaths(Metrics &M) {
  llvm::ArrayRef<Block> Blocks = Graph.blocks();
  if (Blocks.empty())
    return;
  struct Sums {
    std::uint32_t Loads = 0, Stores = 0, Instructions = 0;
  };
  std::vector<Sums> Of(Blocks.size());
  auto Next = Flow.accesses().begin();
  for (size_t B = 0; B != Blocks.size(); ++B) {
    Of[B].Instructions = Blocks[B].End - Blocks[B].First;
    for (; Next != Flow.accesses().end() && Next->Instruction < Blocks[B].End; ++Next) {
      if (Next->IsStore)
        Of[B].Stores += !isOwnFrame(Flow.paths(), *Next);
      else
        Of[B].Loads += Next->Class != AccessClass::Spill;
    }
  }
  for (std::uint32_t Id : llvm::reverse(Graph.order())) {
    Sums Best;
    for (std::uint32_t S : Graph.successors(Blocks[Id])) {
      if (Blocks[S].Order <= Blocks[Id].Order)
        continue;
      Best.Loads = std::max(Best.Loads, Of[S].Loads);
      Best.Stores = std::max(Best.Stores, Of[S].Stores);
      Best.Instructions = std::max(Best.Instructions, Of[S].Instructions);
    }
    Of[Id].Loads += Best.Loads;
    Of[Id].Stores += Best.Stores;
    Of[Id].Instructions += Best.Instructions;
  }
  M.PathLoads = Of[0].Loads;
  M.PathStores = Of[0].Stores;
  M.PathInstructions = Of[0].Instructions;
}

void Analyzer::countLines(Metrics &M) {
  Lines.clear();
  for (const Access &A : Flow.accesses()) {
    if (A.Class == AccessClass::Spill || isOwnFrame(Flow.paths(), A))
      continue;
    const PathNode &N = Flow.paths()[A.Place];
    if (N.Scale) { // where an index points is not known: one line per base and index
      Lines.push_back({N.Base, N.Index ? N.Index : ~0U, lineOf(N.Offset)});
      continue;
    }
    for (std::int64_t L = lineOf(N.Offset), End = lineOf(moved(N.Offset, std::max<std::int64_t>(A.Width, 1) - 1));
         L <= End; ++L)
      Lines.push_back({N.Base, 0, L});
  }
  llvm::sort(Lines);
  M.CacheLines = static_cast<std::uint32_t>(std::unique(Lines.begin(), Lines.end()) - Lines.begin());
}

void Analyzer::setImage(const Image &Other) {
  if (&Other == I)
    return;
  I = &Other;
  Decode.setImage(Other);
  Graph.forgetImage();
}

void Analyzer::findEntryWay() {
  EntryWay.clear();
  llvm::ArrayRef<Block> Blocks = Graph.blocks();
  std::vector<bool> Passed(Blocks.size(), false);
  for (std::uint32_t Id = 0; Id < Blocks.size() && !Passed[Id];) {
    Passed[Id] = true;
    const Block &B = Blocks[Id];
    for (std::uint32_t N = B.First; N != B.End; ++N)
      EntryWay.push_back(N);
    llvm::ArrayRef<std::uint32_t> Successors = Graph.successors(B);
    switch (Code[B.End - 1].Shape) {
    case Form::Jump: // to one place; none of this function when it is a tail call
      if (Successors.empty())
        return;
      Id = Successors.front();
      break;
    case Form::JumpRegister:
    case Form::JumpMemory:
      return;
    default: // a branch that is not taken, or no branch at all
      if (!llvm::is_contained(Successors, Id + 1))
        return;
      ++Id;
    }
  }
}

/// As though the function were this one way: what is a reload, and how deep a load stands, depends on the way here.
void Analyzer::countEntryWay(Metrics &M) {
  findEntryWay();
  EntryCode.clear();
  for (std::uint32_t N : EntryWay)
    EntryCode.push_back(Code[N]);
  EntryGraph.makeStraight(EntryCode.size());
  EntryFlow.run(*I, EntryGraph, EntryCode);
  M.EntryInstructions = static_cast<std::uint32_t>(EntryCode.size());
  for (const Access &A : EntryFlow.accesses()) {
    if (A.IsStore) {
      M.EntryStores += !isOwnFrame(EntryFlow.paths(), A);
    } else if (A.Class != AccessClass::Spill) {
      ++M.EntryLoads;
      M.EntryChain = std::max(M.EntryChain, A.Depth);
    }
  }
}

Metrics Analyzer::analyze(const Function &F, bool WithEntryWay) {
  Metrics M;
  Code.clear();
  M.Undecoded = Decode.decode(F, Code);
  Graph.build(*I, F, Code);
  Flow.run(*I, Graph, Code);

  M.Instructions = static_cast<std::uint32_t>(Code.size());
  bool InPart = false;
  for (std::uint32_t N = 0; N != Code.size(); ++N) {
    const Instruction &X = Code[N];
    M.Bytes += X.Size;
    InPart |= X.StartsPart;
    if (InPart) {
      ++M.ColdInstructions;
      M.ColdBytes += X.Size;
    }
    switch (X.Shape) {
    case Form::CallRegister:
    case Form::CallMemory:
      ++M.IndirectCalls;
      [[fallthrough]];
    case Form::CallDirect:
      ++M.Calls;
      break;
    case Form::Jump:
    case Form::ConditionalJump:
    case Form::JumpRegister:
    case Form::JumpMemory:
      if (isTailCall(F, N)) {
        ++M.Calls;
        ++M.TailCalls;
        M.IndirectCalls += X.Shape == Form::JumpRegister || X.Shape == Form::JumpMemory;
      }
      break;
    default:
      break;
    }
    const StackTraffic Implicit = stackTraffic(X.Shape);
    M.StackLoads += Implicit.Loads;
    M.StackStores += Implicit.Stores;
    M.HasRepeats |= X.IsRepeated;
    M.Atomics += X.IsLocked || (X.HasMemory && X.Loads && X.Stores && X.Writes && X.Sources[0] != NoRegister &&
                                T.instructions().getName(X.Opcode).starts_with("XCHG"));
  }
  for (const Access &A : Flow.accesses()) {
    if (A.IsStore) {
      ++(isOwnFrame(Flow.paths(), A) ? M.FrameStores : M.Stores);
      continue;
    }
    ++M.ByClass[static_cast<unsigned>(A.Class)];
    if (A.Class == AccessClass::Spill) {
      ++M.Spills;
      continue;
    }
    ++M.Loads;
    if (A.IsReached)
      M.Chain = std::max(M.Chain, A.Depth);
  }
  for (const Loop &L : Flow.loops())
    M.LoopChain = std::max(M.LoopChain, L.CarriedLoads);
  M.Frame = Flow.frameBytes();
  M.HasDynamicFrame = Flow.hasDynamicFrame();
  countPaths(M);
  countLines(M);
  EntryWay.clear();
  if (WithEntryWay)
    countEntryWay(M);
  return M;
}

} // namespace snug::machine
