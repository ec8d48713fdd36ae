// A rule is written once against the AST and reports findings; plugin, command line and clang-tidy module carry them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_RULE_H
#define SNUG_CHECKER_RULES_RULE_H

#include "core/Config.h"
#include "core/Finding.h"
#include "rules/ControlFlowGraphs.h"
#include "rules/Interconversion.h"
#include "rules/KnownShapes.h"
#include "rules/LocalValues.h"
#include "rules/PointerModel.h"
#include "rules/Statistics.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <bitset>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace snug::rules {

/// One row of Rules.def.
struct RuleInfo {
  llvm::StringRef Id;
  Level DefaultLevel;
  /// The same sentence in the header, on the page and in every list.
  llvm::StringRef Summary;
  /// Paragraph of the standard or paper that the rule rests on, written bare: "[basic.compound]/7".
  llvm::StringRef Paragraph;
};

/// All rules, in the order of Rules.def (sorted by id).
llvm::ArrayRef<RuleInfo> allRules();

/// Settings of one run that the hosts have in common.
struct RunOptions {
  /// Ids of the rules to run; empty means all.
  std::vector<llvm::StringRef> RuleIds;
  bool IncludeSystemHeaders = false;
  /// What the configuration says about each rule; what is not there is at its default.
  std::vector<RuleState> States;
  /// In the order of the configuration.
  std::vector<Budget> Budgets;
  FileFilter Files;
  /// Measure what each rule and each phase costs.
  bool Measure = false;
};

/// What `Settings` asks for. Fails as `resolveRules` does.
llvm::Expected<RunOptions> runOptionsOf(const Config &Settings);

/// What a rule may ask of the translation unit, and where it reports. Lives for one translation unit.
class RuleContext {
public:
  RuleContext(clang::ASTContext &AST, std::vector<Finding> &Sink, const RunOptions &Options)
      : AST(AST), Options(Options), Sink(Sink) {}
  RuleContext(const RuleContext &) = delete;

  clang::ASTContext &AST;
  const RunOptions &Options;
  /// What local variables hold; shared, since each answer costs a look at a whole function.
  LocalValues Locals;
  /// The ways through functions.
  ControlFlowGraphs Graphs{AST};
  /// What pointers point to.
  PointerModel Pointers{AST, Locals};
  /// Which casts lead from a class to a part of it, or back, by the type alone.
  Interconversions Conversions{AST, Pointers};

  /// What `userArgument` found, by class: instantiations share most of their arguments.
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, const clang::CXXRecordDecl *> UserArguments;

  /// Where the budgets were stated whose globs named something here.
  std::set<std::string> UsedBudgets;

  /// The value of an option in RuleOptions.def.
  std::uint64_t option(llvm::StringRef RuleId, llvm::StringRef Key) const;

  const clang::SourceManager &sources() const { return AST.getSourceManager(); }

  /// The place as a reader sees it: the expansion location of a macro, with `Raw` set for hosts with an AST.
  Location locate(clang::SourceLocation Loc) const;

  /// True for code that the user did not write: system headers, unless they were asked for, and third-party paths.
  bool isExcluded(clang::SourceLocation Loc) const;

  /// Adds a finding as it is. Callers decide on exclusion, since a finding in an excluded header may be the user's.
  void report(Finding F) { Sink.push_back(std::move(F)); }

  /// Adds a finding made in the body of `Function`. If that is an instantiation, its name and the place that asked for
  /// it become the last reason. What further instantiations say of the same place is merged into the first finding:
  /// the higher level wins, and the number of the others is added by `finishMerging`.
  void report(Finding F, const clang::FunctionDecl *Function);
  void finishMerging();

  /// Which classes are receivers and operation states.
  KnownShapes &shapes() { return Shapes; }

private:
  struct Merged {
    std::size_t Index;
    const clang::FunctionDecl *Function;
    unsigned Others = 0;
  };
  bool isThirdParty(clang::FileID File) const;
  void rememberRange(clang::SourceLocation Loc, bool IsExcluded) const;

  std::vector<Finding> &Sink;
  /// By what was asked: every instantiation stands where its template does.
  mutable llvm::DenseMap<clang::SourceLocation, bool> Excluded;
  mutable llvm::DenseMap<clang::FileID, bool> ThirdParty;
  std::map<std::pair<std::string, std::uint32_t>, Merged> ByPlace;
  KnownShapes Shapes{AST};

  /// The file that was asked about last, if all of it has one answer: what is walked or named together stands together.
  struct Range {
    std::uint32_t Begin = 0;
    std::uint32_t Size = 0;
    bool IsExcluded = false;
  };
  mutable Range Last;
};

/// The kinds of statement a rule wants to see, by clang::Stmt::StmtClass.
using StmtInterest = std::bitset<512>;

/// The kinds of declaration a rule wants to see, by clang::Decl::Kind.
using DeclInterest = std::bitset<256>;

/// Sets the bits of the classes named and of all that are derived from them.
template <class... Classes> void addKinds(DeclInterest &Interest) {
  for (unsigned Kind = 0; Kind <= clang::Decl::lastDecl; ++Kind)
    if ((Classes::classofKind(static_cast<clang::Decl::Kind>(Kind)) || ...))
      Interest.set(Kind);
}

/// Where a statement stands.
struct StmtScope {
  /// The function whose body holds the statement (lambdas: their call operator); null in an initialiser at namespace
  /// scope or of a default member initialiser.
  const clang::FunctionDecl *Function;
  /// Enclosing statements, outermost first, the statement itself excluded; reaches up to the function body.
  llvm::ArrayRef<const clang::Stmt *> Ancestors;
};

class Rule;

/// Which hooks a rule overrides. The traversal calls no others: there are hundreds of thousands of functions and classes
/// for each of some forty rules, most of which look at casts alone.
struct Hooks {
  bool EnterFunction = false;
  bool LeaveFunction = false;
  bool VisitRecord = false;

  template <class R> static constexpr Hooks of();
};

/// Base of all rules. One object per translation unit; the hooks are called by the one shared traversal, which visits
/// what can be evaluated: template instantiations and implicit code, never dependent code, unevaluated operands or
/// types.
///
/// Code in excluded headers is not walked at all, except for rules that ask for it: see `wantsExcludedCode`.
///
/// Order: for each function in source order `enterFunction`, its `visitStmt`s, `leaveFunction`; after all functions,
/// `visitRecord` for every complete class of the translation unit; at the end `finish`. `visitDecl` comes in between,
/// where the declaration stands.
class Rule {
public:
  explicit Rule(const RuleInfo &Info) : Info(Info) {}
  virtual ~Rule();

  const RuleInfo &info() const { return Info; }

  /// Sets a bit for each StmtClass that `visitStmt` wants. None by default.
  virtual void declareInterest(StmtInterest &) const {}
  /// Sets a bit for each kind that `visitDecl` wants. None by default. It is called for every such declaration, those of
  /// templates included, except in excluded headers.
  virtual void declareDeclInterest(DeclInterest &) const {}
  virtual void visitDecl(const clang::Decl &, RuleContext &) {}
  virtual void enterFunction(const clang::FunctionDecl &, RuleContext &) {}
  virtual void visitStmt(const clang::Stmt &, const StmtScope &, RuleContext &) {}
  virtual void leaveFunction(const clang::FunctionDecl &, RuleContext &) {}
  virtual void visitRecord(const clang::CXXRecordDecl &, RuleContext &) {}
  virtual void finish(RuleContext &) {}

  /// True for a rule that must see functions of excluded headers too (evidence, not findings). It then costs a walk
  /// over all of them: narrow it down with `wantsExcludedFunction`, which is asked before a body is entered.
  virtual bool wantsExcludedCode() const { return false; }
  virtual bool wantsExcludedFunction(const clang::FunctionDecl &) const { return wantsExcludedCode(); }

protected:
  /// A violated finding of this rule with the default level; the caller adds reasons and reports it.
  Finding violated(Location Where, std::string Message) const;
  /// An undecided finding of this rule: level remark.
  Finding undecided(Location Where, std::string Message) const;

private:
  RuleInfo Info;
};

template <class R> constexpr Hooks Hooks::of() {
  // A pointer to an inherited member is one of the base that has it.
  return {!std::is_same_v<decltype(&R::enterFunction), decltype(&Rule::enterFunction)>,
          !std::is_same_v<decltype(&R::leaveFunction), decltype(&Rule::leaveFunction)>,
          !std::is_same_v<decltype(&R::visitRecord), decltype(&Rule::visitRecord)>};
}

/// A rule of one run, and what it wants to be called for.
struct RunningRule {
  std::unique_ptr<Rule> Object;
  Hooks Wants;
};

/// Creates the rules whose ids are in `Ids`, in the order of Rules.def; all of them when `Ids` is empty.
std::vector<RunningRule> createRules(llvm::ArrayRef<llvm::StringRef> Ids);

/// Runs the rules over a finished translation unit in one traversal; findings are sorted and merged,
/// without those that comments, attributes or the configuration silence.
/// Call once per translation unit, after the last declaration was handled. What was seen is added to `Seen`, if given.
/// Complexity: linear in the AST.
std::vector<Finding> run(clang::ASTContext &AST, const RunOptions &Options, Statistics *Seen = nullptr);

} // namespace snug::rules

#endif
