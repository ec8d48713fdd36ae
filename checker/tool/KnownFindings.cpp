// The suppressions file of `snug check`: --suppressions, --write-suppressions, --prune.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/KnownFindings.h"

#include "core/Expectation.h"
#include "facts/LockStorage.h"
#include "rules/Rule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {

using llvm::StringRef;

static llvm::Error cannotDo(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Expected<KnownFindings> KnownFindings::open(KnownFindingsRequest Request) {
  if (Request.File.empty() && (Request.Write || Request.Prune))
    return cannotDo(StringRef(Request.Write ? "--write-suppressions" : "--prune") +
                    " needs to know the file: --suppressions=FILE");
  if (Request.Write && Request.Prune)
    return cannotDo("--write-suppressions drops what is gone, too; give it or --prune, not both");
  KnownFindings Known;
  // Paths in the file are relative to where it really is, however it is reached.
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(Request.File, Real)) {
    Real = Request.File;
    (void)llvm::sys::fs::make_absolute(Real);
  }
  Known.Folder = llvm::sys::path::parent_path(Real).str();
  if (!Request.File.empty() && !(Request.Write && !llvm::sys::fs::exists(Request.File))) {
    if (!llvm::sys::fs::exists(Request.File))
      return cannotDo("there is no suppressions file '" + Request.File + "'; --write-suppressions writes it");
    llvm::Expected<std::vector<Suppression>> Read = readSuppressions(Request.File);
    if (!Read)
      return Read.takeError();
    Known.Entries = std::move(*Read);
  }
  Known.Request = std::move(Request);
  return Known;
}

bool KnownFindings::covers(const Suppression &S, const RunScope &Scope) const {
  if (!llvm::is_contained(Scope.RuleIds, S.Rule)) {
    // A rule that was renamed or removed is found by nobody any more.
    return Scope.Whole && Scope.RuleIds.size() == rules::allRules().size();
  }
  return Scope.Whole || llvm::any_of(Scope.Files, [&](StringRef File) {
           llvm::SmallString<256> Entry(Folder);
           llvm::sys::path::append(Entry, S.File);
           return llvm::sys::fs::equivalent(llvm::sys::path::is_absolute(S.File) ? StringRef(S.File) : StringRef(Entry),
                                            File);
         });
}

static void reportStale(llvm::ArrayRef<Suppression> Stale) {
  for (const Suppression &S : Stale) {
    llvm::errs() << S.Origin << ": error: stale suppression: ";
    if (S.Count > 1)
      llvm::errs() << S.Count << " findings of ";
    llvm::errs() << "'" << S.Rule << "' in '" << (S.Entity.empty() ? S.File : S.Entity)
                 << (S.Count > 1 ? "' are gone" : "' is gone") << "; --prune removes " << (S.Count > 1 ? "them" : "it")
                 << '\n';
  }
}

llvm::Expected<KnownOutcome> KnownFindings::apply(std::vector<Finding> &Findings, const RunScope &Scope) const {
  if (Request.File.empty())
    return KnownOutcome{};
  auto Covers = [&](const Suppression &S) { return covers(S, Scope); };
  const std::vector<Suppression> Now = suppressionsFor(Findings, Folder);
  SuppressionResult Result = suppress(Findings, Entries, Folder);
  llvm::erase_if(Result.Stale, [&](const Suppression &S) { return !Covers(S); });
  if (!Request.Write && !Request.Prune) {
    reportStale(Result.Stale);
    return KnownOutcome{Result.Stale.size(), Result.Dropped};
  }

  std::vector<Suppression> Updated = updatedSuppressions(Entries, Now, /*Grow=*/Request.Write, Covers);
  if (llvm::Error E = facts::replaceText(Request.File, toText(Updated)))
    return std::move(E);
  const std::size_t Added = Request.Write ? Findings.size() : 0;
  llvm::errs() << "snug: '" << Request.File << "' holds " << count(Updated.size(), "suppression", "suppressions")
               << " (findings added: " << Added << ", entries without theirs: " << Result.Stale.size() << ")\n";
  if (Request.Write)
    Findings.clear();
  return KnownOutcome{0, Result.Dropped + Added};
}

KnownOutcome KnownFindings::applyIncomplete(std::vector<Finding> &Findings) const {
  if (Request.Write || Request.Prune)
    llvm::errs() << "snug: error: '" << Request.File
                 << "' is left as it was, because not every source could be checked\n";
  return {0, suppress(Findings, Entries, Folder).Dropped};
}

} // namespace snug::tool
