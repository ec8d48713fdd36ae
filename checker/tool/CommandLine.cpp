// The command line from its first word to the exit code: one sub-command per source pair in this folder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CommandLine.h"

#include "rules/StatedExpectations.h"
#include "tool/AsmCommand.h"
#include "tool/CheckCommand.h"
#include "tool/Command.h"
#include "tool/DiffCommand.h"
#include "tool/ExplainCommand.h"
#include "tool/LayoutCommand.h"
#include "tool/LintCommand.h"
#include "tool/LockCommand.h"
#include "tool/ReportCommand.h"

#include "clang/Basic/ParsedAttrInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <array>

namespace snug::tool {
std::optional<std::vector<std::string>> &compilerFlags() {
  static std::optional<std::vector<std::string>> Flags;
  return Flags;
}

std::vector<std::string> &givenArguments() {
  static std::vector<std::string> Arguments;
  return Arguments;
}

llvm::cl::OptionCategory &optionCategory() {
  static llvm::cl::OptionCategory Category("snug options");
  return Category;
}

static llvm::ArrayRef<Command> commands() {
  static const std::array All = {asmCommand(),    checkCommand(), diffCommand(), explainCommand(),
                                 layoutCommand(), lintCommand(),  lockCommand(), reportCommand()};
  return All;
}

/// LLVM registers every option of every linked pass; a user of ours has asked for none of them.
static void hideForeignOptions(llvm::ArrayRef<Command> Commands) {
  auto Hide = [](llvm::cl::SubCommand &Scope) {
    for (auto &Entry : llvm::cl::getRegisteredOptions(Scope)) {
      llvm::cl::Option *O = Entry.second;
      if (!llvm::is_contained(O->Categories, &optionCategory()) && O->ArgStr != "help" && O->ArgStr != "version")
        O->setHiddenFlag(llvm::cl::ReallyHidden);
    }
  };
  Hide(llvm::cl::SubCommand::getTopLevel());
  for (const Command &C : Commands)
    Hide(*C.Options);
}

void prepareCommandLine() {
  rules::registerExpectationAttributes();
  // Clang makes its list of foreign attributes on first use: now, before there are threads.
  (void)clang::getAttributePluginInstances();
  hideForeignOptions(commands());
}

int runCommandLine(int Argc, const char **Argv) {
  const char **const ArgvEnd = Argv + Argc;
  const char **Dashes = std::find(Argv, ArgvEnd, llvm::StringRef("--"));
  compilerFlags().reset();
  if (Dashes != ArgvEnd)
    compilerFlags().emplace(Dashes + 1, ArgvEnd);
  givenArguments().assign(Argv + std::min(Argc, 1), Dashes);
  if (!llvm::cl::ParseCommandLineOptions(static_cast<int>(Dashes - Argv), Argv,
                                         "snug: layouts, casts and machine code held to what their authors stated\n",
                                         &llvm::errs()))
    return CannotDo;
  for (const Command &C : commands())
    if (*C.Options)
      return C.Run();
  llvm::errs() << "snug: error: no sub-command was named; 'snug --help' lists them\n";
  return CannotDo;
}

} // namespace snug::tool
