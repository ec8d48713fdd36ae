// The clang-tidy module: a thin host of the rules; `clang-tidy --load=…/SnugTidyModule.so --checks='snug-*'` runs them,
// each as a check of its own name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"
#include "TidyRun.h"
#include "rules/Rule.h"
#include "rules/StatedExpectations.h"

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Config/llvm-config.h"
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

namespace snug::plugin {
namespace {

using clang::DiagnosticIDs;

/// Key and default of each option of a rule.
std::map<std::string, std::uint64_t> optionsOf([[maybe_unused]] llvm::StringRef RuleId) {
  std::map<std::string, std::uint64_t> Options;
#define SNUG_RULE_OPTION(RULE, KEY, DEFAULT, SUMMARY)                                                                  \
  if (RuleId == RULE)                                                                                                  \
    Options[KEY] = DEFAULT;
#include "core/RuleOptions.def"
  return Options;
}

/// One rule under clang-tidy's name, level and suppression; the run behind it is shared.
class RuleCheck : public clang::tidy::ClangTidyCheck {
public:
  RuleCheck(llvm::StringRef Name, clang::tidy::ClangTidyContext *Context, llvm::StringRef RuleId)
      : ClangTidyCheck(Name, Context), RuleId(RuleId), Run(TidyRun::of(*Context)) {
    for (const auto &[Key, Default] : optionsOf(RuleId))
      if (std::optional<std::uint64_t> Value = Options.get<std::uint64_t>(Key))
        Given[Key] = *Value;
    Run->enable(RuleId, Given);
    if (std::optional<llvm::StringRef> File = Options.getLocalOrGlobal("SnugConfig"); File && !File->empty())
      Run->ConfigFile = File->str();
    if (std::optional<bool> Strict = Options.getLocalOrGlobal<bool>("SnugStrict"))
      Run->Strict = Strict;
  }

  void storeOptions(clang::tidy::ClangTidyOptions::OptionMap &Stored) override {
    for (const auto &[Key, Default] : optionsOf(RuleId)) {
      auto Value = Given.find(Key);
      Options.store(Stored, Key, Value == Given.end() ? Default : Value->second);
    }
  }

  bool isLanguageVersionSupported(const clang::LangOptions &Language) const override { return Language.CPlusPlus; }

  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(clang::ast_matchers::translationUnitDecl(), this);
  }

  void check(const clang::ast_matchers::MatchFinder::MatchResult &Result) override {
    Sources = Result.SourceManager;
    for (const Finding &F : Run->findings(*Result.Context))
      if (F.RuleId == RuleId && F.Result != Verdict::Holds)
        emit(F);
  }

private:
  DiagnosticIDs::Level levelOf(const Finding &F) const {
    if (F.Severity == Level::Error || (F.Result == Verdict::Undecided && Run->isStrict()))
      return DiagnosticIDs::Error;
    return F.Severity == Level::Warning ? DiagnosticIDs::Warning : DiagnosticIDs::Remark;
  }

  void emit(const Finding &F) {
    emit(levelOf(F), F.Message, F.Where, F.FixIts);
    for (const Reason &R : F.Reasons)
      emit(DiagnosticIDs::Note, R.Text, R.Where, R.FixIts);
  }

  void emit(DiagnosticIDs::Level L, const std::string &Text, const Location &Where,
            const std::vector<Replacement> &FixIts) {
    clang::SourceLocation Place = placeOf(Where);
    // clang-tidy drops what comes out of a macro of a system header; a finding that is reported is the user's.
    if (Sources->isInSystemMacro(Place))
      Place = Sources->getExpansionLoc(Place);
    if (Place.isValid())
      fill(diag(Place, "%0", L), Text, FixIts);
    else
      fill(diag("%0", L), Text, FixIts);
  }

  llvm::StringRef RuleId;
  std::map<std::string, std::uint64_t> Given;
  std::shared_ptr<TidyRun> Run;
  const clang::SourceManager *Sources = nullptr;
};

class Module : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    for (const rules::RuleInfo &Info : rules::allRules())
      Factories.registerCheckFactory(("snug-" + Info.Id).str(),
                                     [Id = Info.Id](llvm::StringRef Name, clang::tidy::ClangTidyContext *Context) {
                                       return std::make_unique<RuleCheck>(Name, Context, Id);
                                     });
  }
};

const clang::tidy::ClangTidyModuleRegistry::Add<Module> Register("snug", "hold layouts, casts and stated expectations");
[[maybe_unused]] const bool AttributesRegistered = (rules::registerExpectationAttributes(), true);

} // namespace
} // namespace snug::plugin
