// What LLVM's model of one processor says of a function's instructions: an estimate, never a promise.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_ESTIMATE_H
#define SNUG_CHECKER_MACHINE_ESTIMATE_H

#include "machine/Instruction.h"

#include "llvm/MC/MCInstrAnalysis.h"

#include <string>

namespace snug::machine {

/// The figures of llvm-mca for all instructions of a function in the order of the code, run `Runs` times back to back:
/// every branch falls through, every load hits the first cache, a call takes 100 cycles.
struct Estimate {
  static constexpr unsigned Runs = 100;
  std::string Processor;
  unsigned Cycles = 0;       ///< of all runs
  unsigned Instructions = 0; ///< of one run
  unsigned MicroOps = 0;     ///< of one run
  unsigned LeftOut = 0;      ///< instructions that the model does not know
};

/// Estimates functions for one processor.
class Estimator {
public:
  /// `Processor` is a name of LLVM's, such as "skylake" or "znver3"; an unknown one is an error that names near ones.
  static llvm::Expected<std::unique_ptr<Estimator>> create(const Target &T, llvm::StringRef Processor);
  ~Estimator();

  llvm::Expected<Estimate> estimate(const Image &I, const Function &F);

private:
  explicit Estimator(const Target &T) : T(T) {}

  const Target &T;
  std::string Processor;
  std::unique_ptr<llvm::MCSubtargetInfo> Subtarget;
  std::unique_ptr<llvm::MCInstrAnalysis> Semantics;
};

} // namespace snug::machine

#endif
