// What every sub-command has in common: its shape, its exit codes, the compiler's flags behind "--".
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_COMMAND_H
#define SNUG_CHECKER_TOOL_COMMAND_H

#include "llvm/Support/CommandLine.h"

#include <optional>
#include <string>
#include <vector>

namespace snug::tool {

/// The exit codes of every sub-command, as the README documents them.
enum ExitCode : int {
  Clean = 0,     ///< nothing found
  Findings = 1,  ///< findings at error level, or a broken promise
  CannotDo = 2,  ///< bad input, bad configuration, no database
  Undecided = 3, ///< undecided results under --strict
};

/// A sub-command: the scope of its options, and the function that does the job and returns an ExitCode.
struct Command {
  llvm::cl::SubCommand *Options;
  int (*Run)();
};

/// The category that every option of ours names (`llvm::cl::cat(optionCategory())`): only those are shown by --help.
llvm::cl::OptionCategory &optionCategory();

/// What stood behind "--" on the command line: the compiler's flags for sources without a compilation database;
/// empty without a "--".
std::optional<std::vector<std::string>> &compilerFlags();

/// The arguments before the "--", as typed, without the program's name.
std::vector<std::string> &givenArguments();

} // namespace snug::tool

#endif
