// The figures of one function, and the details behind them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_ANALYSIS_H
#define SNUG_CHECKER_MACHINE_ANALYSIS_H

#include "machine/DataFlow.h"

#include <string>
#include <vector>

namespace snug::machine {

/// What is promised and compared. Counts are static, over the whole function, unless they say otherwise.
struct Metrics {
  std::uint64_t Bytes = 0;
  std::uint32_t Instructions = 0;
  std::uint64_t ColdBytes = 0; ///< of these in parts that lie elsewhere, as the next one
  std::uint32_t ColdInstructions = 0;
  std::uint32_t Loads = 0;       ///< data loads; neither spill reloads nor push, pop, call, ret
  std::uint32_t Stores = 0;      ///< data stores; those to the own frame are FrameStores
  std::uint32_t FrameStores = 0; ///< stores to the own frame
  std::uint32_t Spills = 0;      ///< reloads of a stack slot that this function wrote
  std::uint32_t ByClass[AccessClassCount] = {};
  std::uint32_t Chain = 0; ///< loads on the longest dependent path from the entry; one lone load is 1
  std::uint32_t PathLoads = 0, PathStores = 0, PathInstructions = 0; ///< each the maximum over acyclic paths
  /// Of the one way from the entry on which no conditional branch is taken; see Analyzer::entryWay.
  std::uint32_t EntryLoads = 0, EntryStores = 0, EntryInstructions = 0, EntryChain = 0;
  std::uint32_t LoopChain = 0;     ///< most loads that one round of a loop adds to the chain
  std::uint32_t Calls = 0;         ///< every transfer to another function, tail calls included
  std::uint32_t IndirectCalls = 0; ///< of these through a register or memory
  std::uint32_t TailCalls = 0;     ///< of these by a jump
  std::uint32_t CacheLines = 0;    ///< distinct (base path, offset / 64), each base taken to be 64-byte aligned
  std::uint32_t StackLoads = 0, StackStores = 0; ///< implicit: push, pop, call, ret, leave
  std::uint32_t Atomics = 0;                     ///< locked read-modify-writes
  std::uint32_t Undecoded = 0;                   ///< bytes that are no instruction
  std::uint64_t Frame = 0;                       ///< bytes below the return address
  bool HasDynamicFrame = false;
  bool HasRepeats = false; ///< a rep prefix: its counts are per round

  /// The entry way is not the whole function, so its figures say something of their own.
  bool hasEntryWay() const { return EntryInstructions != Instructions; }
  void add(const Metrics &Other);
};

/// The names under which expectations and JSON know the metrics, in the order of the reports.
struct MetricName {
  const char *Name;
  std::uint64_t (*Get)(const Metrics &);
};
llvm::ArrayRef<MetricName> metricNames();
/// "cache lines" of "cache_lines": as tables for people call a metric.
std::string inWords(llvm::StringRef MetricName);

/// Analyses one function after the other; holds the scratch memory. One per thread.
class Analyzer {
public:
  Analyzer(const Target &T, const Image &I) : T(T), I(&I), Decode(T, I) {}

  /// Goes on with the functions of another image; decoded instructions are kept.
  void setImage(const Image &Other);

  /// Without `WithEntryWay` the four figures of the entry way stay 0: a table shows them of its rows alone.
  Metrics analyze(const Function &F, bool WithEntryWay = true);

  /// Of the last function analysed, until the next one:
  const Image &image() const { return *I; }
  const Target &target() const { return T; }
  llvm::ArrayRef<Instruction> code() const { return Code; }
  const ControlFlow &graph() const { return Graph; }
  const DataFlow &flow() const { return Flow; }
  /// The instructions that run, in this order, when no conditional branch is taken and jumps to a fixed place are followed.
  /// The way ends where the function is left, at a jump through a register or memory, and before an instruction that it holds
  /// already: a loop is gone through once.
  llvm::ArrayRef<std::uint32_t> entryWay() const { return EntryWay; }
  /// A direct or indirect jump that leaves the function for another one.
  bool isTailCall(const Function &F, std::uint32_t InstructionIndex) const;

private:
  void countPaths(Metrics &M);
  void countLines(Metrics &M);
  void findEntryWay();
  void countEntryWay(Metrics &M);

  const Target &T;
  const Image *I;
  Decoder Decode;
  std::vector<Instruction> Code;
  ControlFlow Graph;
  DataFlow Flow;
  std::vector<std::uint32_t> EntryWay;
  std::vector<Instruction> EntryCode;
  ControlFlow EntryGraph;
  DataFlow EntryFlow;
  struct Line {
    PathId Base, Index;
    std::int64_t Number;
    friend auto operator<=>(const Line &, const Line &) = default;
  };
  std::vector<Line> Lines;
};

} // namespace snug::machine

#endif
