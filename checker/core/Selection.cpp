// Which rules run, at which level, and which paths are spoken of: globs against names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"
#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"

namespace snug {

using llvm::StringRef;

static llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

std::vector<std::string> splitGlobs(StringRef Text) {
  std::vector<std::string> Globs;
  for (StringRef Glob : llvm::split(Text, ','))
    if (StringRef Trimmed = Glob.trim(); !Trimmed.empty())
      Globs.push_back(Trimmed.str());
  return Globs;
}

/// Braces expand to alternatives, up to as many as a person writes.
static llvm::Expected<llvm::GlobPattern> makeGlob(StringRef Glob) { return llvm::GlobPattern::create(Glob, 256); }

llvm::Error checkGlob(StringRef Glob) {
  llvm::Expected<llvm::GlobPattern> Pattern = makeGlob(Glob);
  return Pattern ? llvm::Error::success()
                 : failure("malformed glob '" + Glob + "': " + llvm::toString(Pattern.takeError()));
}

bool matchesName(StringRef Glob, StringRef Name) {
  llvm::Expected<llvm::GlobPattern> Pattern = makeGlob(Glob);
  if (Pattern)
    return Pattern->match(Name);
  llvm::consumeError(Pattern.takeError());
  return false;
}

/// The places in `All` that `Glob` matches; fails when there is none. `Written` is what messages name.
static llvm::Expected<std::vector<std::size_t>> matchRules(StringRef Glob, StringRef Written,
                                                           llvm::ArrayRef<StringRef> All) {
  Glob.consume_front("snug-");
  llvm::Expected<llvm::GlobPattern> Pattern = makeGlob(Glob);
  if (!Pattern)
    return failure("malformed glob '" + Written + "': " + llvm::toString(Pattern.takeError()));
  std::vector<std::size_t> Matched;
  for (std::size_t I = 0; I != All.size(); ++I)
    if (Pattern->match(All[I]))
      Matched.push_back(I);
  if (!Matched.empty())
    return Matched;
  StringRef Nearest = nearest(Glob, All);
  return failure("no rule matches '" + Written + "'" +
                 (Nearest.empty() ? "; 'snug check --list-rules' lists them" : "; did you mean '" + Nearest + "'?"));
}

llvm::Expected<std::vector<StringRef>> selectRules(llvm::ArrayRef<std::string> Globs, llvm::ArrayRef<StringRef> All) {
  std::vector<bool> Selected(All.size(), Globs.empty() || StringRef(Globs.front()).starts_with("-"));
  for (StringRef Glob : Globs) {
    StringRef Written = Glob;
    bool Added = !Glob.consume_front("-");
    llvm::Expected<std::vector<std::size_t>> Matched = matchRules(Glob, Written, All);
    if (!Matched)
      return Matched.takeError();
    for (std::size_t I : *Matched)
      Selected[I] = Added;
  }
  std::vector<StringRef> Result;
  for (std::size_t I = 0; I != All.size(); ++I)
    if (Selected[I])
      Result.push_back(All[I]);
  if (Result.empty())
    return failure("the checks '" + llvm::join(Globs, ",") + "' leave no rule to run");
  return Result;
}

static std::vector<RuleState> defaultStates(llvm::ArrayRef<StringRef> All) {
  std::vector<RuleState> States;
  for (StringRef Id : All) {
    RuleState &State = States.emplace_back();
    State.Id = Id;
#define SNUG_RULE_OPTION(RULE, KEY, DEFAULT, SUMMARY)                                                                  \
  if (Id == RULE)                                                                                                      \
    State.Options[KEY] = {DEFAULT, "default"};
#include "core/RuleOptions.def"
  }
  return States;
}

/// Lets `Entry` speak about the rules it matches; fails on an option that none of them has.
static llvm::Error apply(const RuleEntry &Entry, llvm::ArrayRef<StringRef> All, std::vector<RuleState> &States) {
  llvm::Expected<std::vector<std::size_t>> Matched = matchRules(Entry.Glob, Entry.Glob, All);
  if (!Matched)
    return failure(Entry.Origin + ": " + llvm::toString(Matched.takeError()));
  for (std::size_t I : *Matched)
    if (Entry.Level) {
      States[I].Level = Entry.Level;
      States[I].Origin = Entry.Origin;
    }
  for (const auto &[Key, Value] : Entry.Options) {
    bool Taken = false;
    std::vector<StringRef> Known;
    for (std::size_t I : *Matched)
      for (auto &[OptionKey, Option] : States[I].Options) {
        Known.push_back(OptionKey);
        if (OptionKey != Key)
          continue;
        Option = {Value, Entry.Origin};
        Taken = true;
      }
    if (Taken)
      continue;
    StringRef Nearest = nearest(Key, Known);
    return failure(Entry.Origin + ": no rule that '" + Entry.Glob + "' matches has an option '" + Key + "'" +
                   (Nearest.empty() ? "" : "; did you mean '" + Nearest.str() + "'?"));
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<RuleState>> resolveRules(const Config &Settings, llvm::ArrayRef<StringRef> All) {
  auto OriginOfChecks = Settings.Origins.find("checks");
  llvm::Expected<std::vector<StringRef>> Selected = selectRules(Settings.Checks, All);
  if (!Selected) {
    std::string Why = llvm::toString(Selected.takeError());
    return failure(OriginOfChecks == Settings.Origins.end() || OriginOfChecks->second == "--checks"
                       ? Why
                       : OriginOfChecks->second + ": " + Why);
  }
  std::vector<RuleState> States = defaultStates(All);
  for (const RuleEntry &Entry : Settings.Rules)
    if (llvm::Error E = apply(Entry, All, States))
      return std::move(E);
  bool AnyRuns = false;
  for (RuleState &State : States) {
    State.Runs = State.Level != RuleLevel::Off;
    if (!llvm::is_contained(*Selected, State.Id)) {
      State.Runs = false;
      State.Origin = OriginOfChecks == Settings.Origins.end() ? "--checks" : OriginOfChecks->second;
    }
    AnyRuns |= State.Runs;
  }
  if (!AnyRuns)
    return failure("no rule is left to run: " +
                   (Settings.Rules.empty() ? std::string("all are off") : "see 'rules' in " + Settings.File));
  return States;
}

/// Whether `Pattern` matches `Path` as it is, or what is left of it behind `Root`.
static bool matchesWhole(const llvm::GlobPattern &Pattern, StringRef Path, StringRef Root) {
  if (Pattern.match(Path))
    return true;
  return !Root.empty() && Path.consume_front(Root) && (Root.ends_with("/") || Path.consume_front("/")) &&
         Pattern.match(Path);
}

bool matchesPath(llvm::ArrayRef<std::string> Globs, StringRef Path, StringRef Root) {
  if (Globs.empty())
    return false;
  llvm::SmallString<256> Absolute(Path);
  llvm::SmallString<256> AbsoluteRoot(Root);
  if (!llvm::sys::fs::make_absolute(Absolute))
    llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  if (!Root.empty() && !llvm::sys::fs::make_absolute(AbsoluteRoot))
    llvm::sys::path::remove_dots(AbsoluteRoot, /*remove_dot_dot=*/true);
  for (StringRef Glob : Globs) {
    llvm::Expected<llvm::GlobPattern> Pattern = makeGlob(Glob);
    if (!Pattern) {
      llvm::consumeError(Pattern.takeError());
      continue;
    }
    if (Pattern->match(Path) || matchesWhole(*Pattern, Absolute, AbsoluteRoot))
      return true;
    if (!Glob.contains('/') && llvm::any_of(llvm::make_range(llvm::sys::path::begin(Path), llvm::sys::path::end(Path)),
                                            [&](StringRef Part) { return Pattern->match(Part); }))
      return true;
  }
  return false;
}

} // namespace snug
