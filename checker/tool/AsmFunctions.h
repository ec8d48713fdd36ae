// The functions that a command on machine code is about: opening files, filtering by name, analysing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_ASMFUNCTIONS_H
#define SNUG_CHECKER_TOOL_ASMFUNCTIONS_H

#include "machine/Inputs.h"
#include "machine/Report.h"

#include "llvm/Support/Regex.h"

#include <optional>
#include <string>
#include <vector>

namespace snug::tool {

llvm::Expected<std::vector<machine::Input>> openAll(const machine::Target &T, llvm::ArrayRef<std::string> Paths,
                                                    bool WithUnnamed = false);

/// The functions whose name, demangled or mangled, a regex matches; every function without one.
class FunctionFilter {
public:
  FunctionFilter() = default;
  static llvm::Expected<FunctionFilter> create(llvm::StringRef Option, llvm::StringRef Pattern);

  bool isSet() const { return Regex.has_value(); }
  bool accepts(const machine::Image &I, const machine::Function &F) const;
  /// Nothing selected is an error, since a filter that misses tests nothing; it names what is near.
  llvm::Error nothingMatches(llvm::ArrayRef<machine::Input> Inputs) const;

private:
  std::string Option, Pattern;
  std::optional<llvm::Regex> Regex;
};

struct SelectedFunction {
  const machine::Image *In = nullptr;
  const machine::Function *What = nullptr;
  machine::Metrics Figures;
};

std::vector<SelectedFunction> select(llvm::ArrayRef<machine::Input> Inputs, const FunctionFilter &F);

/// Describes one function after the other, with listings; images change seldom, so the scratch memory is kept.
class Describer {
public:
  Describer(const machine::Target &T, llvm::ArrayRef<machine::PathLabel> Labels) : T(T), Labels(Labels) {}
  machine::FunctionReport describe(const SelectedFunction &S);

private:
  const machine::Target &T;
  llvm::ArrayRef<machine::PathLabel> Labels;
  std::optional<machine::Analyzer> Current;
};

/// One line for each linked file without local symbols: how much of its code lies in no function with a name.
std::vector<std::string> whatIsMissing(llvm::ArrayRef<machine::Input> Inputs);

/// Fills the figures of all but those of the entry way, on `Jobs` threads.
/// Threads: what they share of the images is read once, by whoever needs it first.
void analyzeAll(const machine::Target &T, llvm::MutableArrayRef<SelectedFunction> All, unsigned Jobs);

} // namespace snug::tool

#endif
