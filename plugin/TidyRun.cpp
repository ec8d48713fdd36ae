// One run of the rules over a translation unit of clang-tidy, shared by the checks that were enabled.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "TidyRun.h"

#include "rules/Rule.h"
#include "rules/StatedExpectations.h"

#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::plugin {

std::shared_ptr<TidyRun> TidyRun::of(clang::tidy::ClangTidyContext &Context) {
  thread_local std::weak_ptr<TidyRun> Latest;
  std::shared_ptr<TidyRun> Run = Latest.lock();
  if (!Run || &Run->Context != &Context) {
    Run = std::make_shared<TidyRun>(Context);
    Latest = Run;
  }
  return Run;
}

TidyRun::~TidyRun() { rules::ExpectationTable::current().clear(); }

void TidyRun::enable(llvm::StringRef RuleId, std::map<std::string, std::uint64_t> Options) {
  Enabled.push_back({RuleId.str(), std::nullopt, std::move(Options), "CheckOptions of clang-tidy"});
}

llvm::Error TidyRun::readSettings() {
  llvm::Expected<Config> Read = ConfigFile ? readConfig(*ConfigFile) : findConfig(Context.getCurrentFile());
  if (!Read)
    return Read.takeError();
  Settings = std::move(*Read);
  Settings.Strict = Strict.value_or(Settings.Strict);
  Settings.IncludeSystemHeaders |= Context.getOptions().SystemHeaders.value_or(false);
  llvm::copy_if(Enabled, std::back_inserter(Settings.Rules), [](const RuleEntry &E) { return !E.Options.empty(); });
  return llvm::Error::success();
}

std::vector<Finding> TidyRun::run(clang::ASTContext &AST) {
  auto Refuse = [&](llvm::Error E) {
    Context.configurationDiag("snug: %0", clang::DiagnosticIDs::Error) << llvm::toString(std::move(E));
    return std::vector<Finding>();
  };
  // What the compiler could not make sense of, nobody can judge.
  if (AST.getDiagnostics().hasUncompilableErrorOccurred())
    return {};
  if (llvm::Error E = readSettings())
    return Refuse(std::move(E));
  llvm::Expected<rules::RunOptions> Options = rules::runOptionsOf(Settings);
  if (!Options)
    return Refuse(Options.takeError());
  // A rule runs where clang-tidy selects it and the configuration does not take it away.
  llvm::erase_if(Options->RuleIds, [&](llvm::StringRef Id) {
    return llvm::none_of(Enabled, [&](const RuleEntry &E) { return E.Glob == Id; });
  });
  return Options->RuleIds.empty() ? std::vector<Finding>() : rules::run(AST, *Options);
}

const std::vector<Finding> &TidyRun::findings(clang::ASTContext &AST) {
  if (!Found)
    Found = run(AST);
  return *Found;
}

} // namespace snug::plugin
