// Finds attributes and comments that silence a rule which does not exist, or finds nothing there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UnusedSuppression.h"

#include "core/Config.h"
#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

namespace snug::rules {

namespace {

constexpr llvm::StringRef Prefix = "snug-";
constexpr llvm::StringRef OwnId = "unused-suppression";

/// What was written at one place about rules, by name; several instantiations or lists may say it.
struct Written {
  std::set<std::string> Names;
  std::set<std::string> Silenced;
  /// Whether it is an attribute, and whether it can be told that it silences nothing.
  bool IsAttribute = false;
  bool IsWhole = true;
};

class Judge {
public:
  explicit Judge(const RuleContext &Context) : Context(Context) {
    for (const RuleInfo &Info : allRules())
      Ids.push_back(Info.Id);
  }

  bool runs(llvm::StringRef Id) const {
    return Context.Options.RuleIds.empty() || llvm::is_contained(Context.Options.RuleIds, Id);
  }

  void judge(clang::SourceLocation Where, const Written &W) {
    for (llvm::StringRef Name : W.Names) {
      if (!Name.starts_with(Prefix))
        continue; // other checkers', and what a list takes away again
      const llvm::StringRef Glob = Name.drop_front(Prefix.size());
      if (llvm::none_of(Ids, [&](llvm::StringRef Id) { return matchesName(Glob, Id); }))
        report(Where, Level::Warning, "no rule is called '" + Name.str() + "'" + didYouMean(Glob));
      else if (llvm::is_contained(Ids, Glob) && W.IsWhole && !W.Silenced.count(Glob.str()) && mayReport(Glob, W))
        report(Where, Level::Note, "'" + Name.str() + "' is silenced here and finds nothing");
    }
  }

  std::vector<Finding> Found;

private:
  /// Whether the rule, had there been something to say, would have been silenced by what counts the silenced.
  bool mayReport(llvm::StringRef Id, const Written &W) const {
    if (!runs(Id) || Id == OwnId)
      return false;
    if (Id == "padding-hole")
      return Context.option(Id, "threshold") != 0;
    // These ask the attributes of classes and coroutines themselves.
    if (Id == "oversized-operation" || Id == "stored-back-pointer")
      return !W.IsAttribute;
    return true;
  }

  std::string didYouMean(llvm::StringRef Glob) const {
    const llvm::StringRef Nearest = nearest(Glob, Ids);
    return Nearest.empty() ? "; 'snug check --list-rules' lists them"
                           : "; did you mean '" + (Prefix + Nearest).str() + "'?";
  }

  void report(clang::SourceLocation Where, Level Severity, std::string Message) {
    Finding F;
    F.RuleId = OwnId.str();
    F.Severity = Severity;
    F.Result = Verdict::Violated;
    F.Where = Context.locate(Where);
    F.Message = std::move(Message);
    Found.push_back(std::move(F));
  }

  const RuleContext &Context;
  std::vector<llvm::StringRef> Ids;
};

} // namespace

std::vector<Finding> unusedSuppressions(const SuppressedRanges &Suppressed, NoLintComments &Comments,
                                        const RuleContext &Context) {
  Judge Result(Context);
  if (!Result.runs(OwnId))
    return {};
  const clang::SourceManager &Sources = Context.sources();
  std::map<clang::SourceLocation, Written> All;
  for (const SuppressedRanges::Range &R : Suppressed.all())
    if (Sources.isInMainFile(R.Attribute)) {
      Written &W = All[R.Attribute];
      W.IsAttribute = true;
      W.IsWhole &= R.IsWhole;
      W.Names.insert(R.Names.begin(), R.Names.end());
      W.Silenced.insert(R.Silenced.begin(), R.Silenced.end());
    }
  const clang::FileID Main = Sources.getMainFileID();
  for (const NoLintLines::Region &R : Comments.of(Main).regions()) {
    Written &W = All[Sources.getLocForStartOfFile(Main).getLocWithOffset(static_cast<int>(R.Offset))];
    for (llvm::StringRef Name : llvm::split(R.Rules, ','))
      W.Names.insert(Name.trim().str());
    W.Silenced.insert(R.Silenced.begin(), R.Silenced.end());
  }
  for (const auto &[Where, W] : All)
    Result.judge(Where, W);
  return std::move(Result.Found);
}

} // namespace snug::rules
