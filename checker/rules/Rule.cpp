// The table of rules and what all of them share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Rule.h"

#include "rules/AllRules.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"

#include <algorithm>
#include <optional>

namespace snug::rules {

Rule::~Rule() = default;

static const RuleInfo Table[] = {
#define SNUG_RULE(ID, CLASS, LEVEL, SUMMARY, PARAGRAPH) {ID, Level::LEVEL, SUMMARY, PARAGRAPH},
#include "rules/Rules.def"
};

llvm::ArrayRef<RuleInfo> allRules() { return Table; }

std::vector<RunningRule> createRules(llvm::ArrayRef<llvm::StringRef> Ids) {
  std::vector<RunningRule> Result;
  std::size_t Row = 0;
#define SNUG_RULE(ID, CLASS, LEVEL, SUMMARY, PARAGRAPH)                                                                \
  if (Ids.empty() || llvm::is_contained(Ids, Table[Row].Id))                                                           \
    Result.push_back({std::make_unique<CLASS>(Table[Row]), Hooks::of<CLASS>()});                                       \
  ++Row;
#include "rules/Rules.def"
  return Result;
}

Finding Rule::violated(Location Where, std::string Message) const {
  Finding F;
  F.RuleId = Info.Id.str();
  F.Severity = Info.DefaultLevel;
  F.Where = std::move(Where);
  F.Message = std::move(Message);
  return F;
}

Finding Rule::undecided(Location Where, std::string Message) const {
  Finding F = violated(std::move(Where), std::move(Message));
  F.Severity = Level::Remark;
  F.Result = Verdict::Undecided;
  return F;
}

llvm::Expected<RunOptions> runOptionsOf(const Config &Settings) {
  std::vector<llvm::StringRef> All;
  for (const RuleInfo &Info : Table)
    All.push_back(Info.Id);
  llvm::Expected<std::vector<RuleState>> States = resolveRules(Settings, All);
  if (!States)
    return States.takeError();
  RunOptions Result;
  for (const RuleState &State : *States)
    if (State.Runs)
      Result.RuleIds.push_back(State.Id);
  Result.IncludeSystemHeaders = Settings.IncludeSystemHeaders;
  Result.States = std::move(*States);
  Result.Budgets = Settings.Budgets;
  Result.Files = Settings.Files;
  return Result;
}

std::uint64_t RuleContext::option(llvm::StringRef RuleId, llvm::StringRef Key) const {
  for (const RuleState &State : Options.States)
    if (State.Id == RuleId)
      if (auto Found = State.Options.find(Key.str()); Found != State.Options.end())
        return Found->second.first;
#define SNUG_RULE_OPTION(RULE, KEY, DEFAULT, SUMMARY)                                                                  \
  if (RuleId == RULE && Key == KEY)                                                                                    \
    return DEFAULT;
#include "core/RuleOptions.def"
  return 0;
}

Location RuleContext::locate(clang::SourceLocation Loc) const {
  Location Result;
  if (Loc.isInvalid())
    return Result;
  const clang::SourceManager &SM = sources();
  clang::PresumedLoc Presumed = SM.getPresumedLoc(SM.getExpansionLoc(Loc));
  if (Presumed.isInvalid())
    return Result;
  Result.File = Presumed.getFilename();
  Result.Line = Presumed.getLine();
  Result.Column = Presumed.getColumn();
  Result.Raw = Loc.getRawEncoding();
  return Result;
}

bool RuleContext::isExcluded(clang::SourceLocation Loc) const {
  if (Loc.isInvalid())
    return true;
  if (Loc.getRawEncoding() - Last.Begin < Last.Size)
    return Last.IsExcluded;
  auto [Known, New] = Excluded.try_emplace(Loc, false);
  if (New) {
    const clang::SourceLocation Place = sources().getExpansionLoc(Loc);
    Known->second = (!Options.IncludeSystemHeaders && sources().isInSystemHeader(Place)) ||
                    (!Options.Files.ThirdParty.empty() && isThirdParty(sources().getFileID(Place)));
    rememberRange(Loc, Known->second);
  }
  return Known->second;
}

void RuleContext::rememberRange(clang::SourceLocation Loc, bool IsExcluded) const {
  if (!Loc.isFileID())
    return;
  const clang::FileID File = sources().getFileID(Loc);
  bool IsInvalid = false;
  const clang::SrcMgr::SLocEntry &Entry = sources().getSLocEntry(File, &IsInvalid);
  // Lines may say where a system header begins.
  if (IsInvalid || !Entry.isFile() || Entry.getFile().hasLineDirectives())
    return;
  Last.Begin = sources().getLocForStartOfFile(File).getRawEncoding();
  Last.Size = sources().getLocForEndOfFile(File).getRawEncoding() - Last.Begin;
  Last.IsExcluded = IsExcluded;
}

bool RuleContext::isThirdParty(clang::FileID File) const {
  auto [Known, New] = ThirdParty.try_emplace(File);
  if (New)
    if (clang::OptionalFileEntryRef Entry = sources().getFileEntryRefForID(File)) {
      llvm::SmallString<256> Path(Entry->getName());
      sources().getFileManager().makeAbsolutePath(Path);
      Known->second = matchesPath(Options.Files.ThirdParty, Path, Options.Files.Root);
    }
  return Known->second;
}

void RuleContext::report(Finding F, const clang::FunctionDecl *Function) {
  auto [Known, New] = ByPlace.try_emplace({F.RuleId, F.Where.Raw}, Merged{Sink.size(), Function});
  if (New) {
    if (std::optional<Reason> Asked = instantiationReason(Function, *this))
      F.Reasons.push_back(std::move(*Asked));
    Sink.push_back(std::move(F));
    return;
  }
  Merged &First = Known->second;
  Finding &Kept = Sink[First.Index];
  Kept.Severity = std::max(Kept.Severity, F.Severity);
  First.Others += First.Function != Function;
}

void RuleContext::finishMerging() {
  for (const auto &[Place, M] : ByPlace)
    if (M.Others) {
      std::string Text = "the same holds in " + countOf(M.Others, "other instantiation");
      Sink[M.Index].Reasons.push_back({"", std::move(Text), Sink[M.Index].Where, {}});
    }
  ByPlace.clear();
}

} // namespace snug::rules
