// One run of the rules over a translation unit of clang-tidy, shared by the checks that were enabled.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_PLUGIN_TIDYRUN_H
#define SNUG_PLUGIN_TIDYRUN_H

#include "core/Config.h"
#include "core/Finding.h"

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snug::plugin {

/// What the checks of one translation unit have in common. clang-tidy makes a translation unit's checks one after the
/// other on one thread and destroys them together: the first one makes the run, the last one takes it along.
class TidyRun {
public:
  /// The run that the checks of `Context` share while any of them holds it.
  static std::shared_ptr<TidyRun> of(clang::tidy::ClangTidyContext &Context);

  explicit TidyRun(clang::tidy::ClangTidyContext &Context) : Context(Context) {}
  TidyRun(const TidyRun &) = delete;
  ~TidyRun();

  /// Adds a rule, with the options that clang-tidy's CheckOptions give it; they override the configuration's.
  void enable(llvm::StringRef RuleId, std::map<std::string, std::uint64_t> Options);

  /// Reads this configuration instead of the nearest .snug.yaml.
  std::optional<std::string> ConfigFile;
  /// What is undecided is an error; overrides the configuration.
  std::optional<bool> Strict;

  /// What the enabled rules find, in one traversal at the first call. Nothing where the code does not compile, and when
  /// the configuration is faulty: that is reported once, as an error of clang-tidy's configuration.
  const std::vector<Finding> &findings(clang::ASTContext &AST);
  /// Known once `findings` was called.
  bool isStrict() const { return Settings.Strict; }

private:
  llvm::Error readSettings();
  std::vector<Finding> run(clang::ASTContext &AST);

  clang::tidy::ClangTidyContext &Context;
  std::vector<RuleEntry> Enabled;
  Config Settings;
  std::optional<std::vector<Finding>> Found;
};

} // namespace snug::plugin

#endif
