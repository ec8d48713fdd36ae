// What moved between two locks, which member or load is behind it, and how bad that is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/LockDiff.h"

#include "facts/PartsDiff.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

namespace snug::facts {
namespace {

struct ChangeInfo {
  Change What;
  llvm::StringRef Text;
  llvm::StringRef Id;
  llvm::StringRef Summary;
  Level Severity;
};

constexpr ChangeInfo Changes[] = {
    {Change::Unchanged, "unchanged", "", "", Level::Remark},
    {Change::Compatible, "compatible", "lock-compatible",
     "what is promised differs, and whoever was compiled against the old one still fits", Level::Note},
    {Change::Added, "added", "lock-added", "a promised type or function is not locked yet", Level::Warning},
    {Change::Removed, "removed", "lock-removed", "what is locked is no longer promised", Level::Warning},
    {Change::Larger, "larger", "lock-larger", "a promised type grew, or a promised function loads more",
     Level::Warning},
    {Change::LayoutChanged, "layout changed", "lock-layout-changed", "members of a promised type moved",
     Level::Warning},
    {Change::PromiseBroken, "promise broken", "lock-promise-broken", "a figure that was promised does not hold",
     Level::Error},
};

const ChangeInfo &infoOn(Change C) { return Changes[static_cast<std::size_t>(C)]; }

std::string quoted(llvm::StringRef Name) { return "'" + Name.str() + "'"; }

std::string bytes(std::uint64_t Number) { return count(Number, "byte", "bytes"); }

std::optional<std::uint64_t> figure(const LockEntry &E, llvm::StringRef Name) {
  for (const Counted &Figure : E.Figures)
    if (Figure.Name == Name)
      return Figure.Value;
  return std::nullopt;
}

const Part *member(const LockEntry &E, llvm::StringRef Name) {
  for (const Part &P : E.Parts)
    if (P.Name == Name)
      return &P;
  return nullptr;
}

/// The figure of `E` that a statement is about; nothing when the entry does not know it.
std::optional<std::uint64_t> actual(const LockEntry &E, const StatedFigure &Stated) {
  const llvm::StringRef Name = Stated.Name.What->Name;
  if (!E.isType())
    return figure(E, Name);
  if (!Stated.Member.empty()) {
    const Part *P = member(E, Stated.Member);
    return P ? std::optional(P->OffsetBits / 8) : std::nullopt;
  }
  if (Name == "size")
    return E.SizeBytes;
  if (Name == "align")
    return E.AlignBytes;
  if (Name == "padding")
    return E.PaddingBytes;
  if (Name == "cache_lines")
    return (E.SizeBytes + 63) / 64;
  return std::nullopt;
}

/// "is 32 bytes", "has 4 loads", "has 'fd' at offset 12".
std::string predicate(const StatedFigure &Stated, std::uint64_t Actual) {
  const Quantity &Q = *Stated.Name.What;
  if (!Stated.Member.empty())
    return "has '" + Stated.Member + "' at offset " + std::to_string(Actual);
  if (Q.Name == "size")
    return "is " + bytes(Actual);
  if (Q.Name == "align")
    return "is aligned to " + bytes(Actual);
  if (Q.Name == "padding")
    return "has " + bytes(Actual) + " of padding";
  if (Q.Name == "chain")
    return "has a chain of " + count(Actual, "load", "loads");
  if (Q.Name == "frame")
    return "has a frame of " + bytes(Actual);
  return "has " + count(Actual, Q);
}

/// Compares one entity; the message and the reasons are put together here.
class EntryComparison {
public:
  EntryComparison(const LockEntry &Old, const LockEntry &New) : Old(Old), New(New) {}

  Difference run() {
    Difference D{Change::Unchanged, &Old, &New, {}};
    if (!New.isMeasured() || !Old.isMeasured())
      return D;
    std::string Message;
    D.What = New.isType() ? compareTypes(Message) : compareFunctions(Message);
    // What the lock promised counts even when the source promises something else by now.
    std::vector<std::string> Broken = brokenPromises(Old.Stated, New);
    for (std::string &Text : brokenPromises(New.Stated, New))
      if (!llvm::is_contained(Broken, Text))
        Broken.push_back(std::move(Text));
    if (!Broken.empty()) {
      D.What = Change::PromiseBroken;
      Message = subject() + " " + Broken.front();
      for (const std::string &More : llvm::drop_begin(Broken))
        say("it " + More);
    }
    compareStatements(D.What);
    if (D.What == Change::Compatible && Message.empty())
      Message = "what is promised of " + subject() + " is stated differently";
    D.Report.Message = std::move(Message);
    D.Report.Reasons = std::move(Reasons);
    D.Report.Where = New.Where;
    return D;
  }

private:
  std::string subject() const { return quoted(New.Name) + " on " + describe(New.On); }

  void say(std::string Text) { Reasons.push_back({"", std::move(Text), {}, {}}); }

  Change compareTypes(std::string &Message) {
    PartsDiff Parts = compareParts(Old.Parts, New.Parts);
    Reasons = std::move(Parts.Reasons);
    const bool SameSize = Old.SizeBytes == New.SizeBytes;
    const bool SameAlign = Old.AlignBytes == New.AlignBytes;
    if (!SameAlign)
      say("it is aligned to " + bytes(New.AlignBytes) + "; it was to " + std::to_string(Old.AlignBytes));
    if (Old.PaddingBytes != New.PaddingBytes)
      say("padding went from " + std::to_string(Old.PaddingBytes) + " to " + bytes(New.PaddingBytes));
    if (!SameSize)
      Message = subject() + (Old.SizeBytes < New.SizeBytes ? " grew from " : " shrank from ") +
                std::to_string(Old.SizeBytes) + " to " + bytes(New.SizeBytes);
    else if (!SameAlign)
      Message = "the alignment of " + subject() + " changed; it still has " + bytes(New.SizeBytes);
    else if (Parts.HasMoved || Parts.HasGrown)
      Message = "the layout of " + subject() + " changed; it still has " + bytes(New.SizeBytes);
    else if (!Reasons.empty())
      Message = subject() + " changed without moving anything";
    if (Parts.HasMoved || Old.SizeBytes > New.SizeBytes || (!SameAlign && SameSize) || (Parts.HasGrown && SameSize))
      return Change::LayoutChanged;
    if (!SameSize || !SameAlign)
      return Change::Larger;
    return Reasons.empty() ? Change::Unchanged : Change::Compatible;
  }

  Change compareFunctions(std::string &Message) {
    Change Result = Change::Unchanged;
    for (const Counted &Now : New.Figures) {
      const std::optional<std::uint64_t> Before = figure(Old, Now.Name);
      if (!Before || *Before == Now.Value)
        continue;
      const std::optional<ExpectationName> Known = parseExpectationName(Now.Name);
      std::string Text = (Known                   ? predicate({*Known, 0, {}, {}}, Now.Value)
                          : Now.Name == "promise" ? "has a promise of " + bytes(Now.Value)
                                                  : "has " + std::to_string(Now.Value) + " " + Now.Name) +
                         ", " + (Now.Value > *Before ? "up from " : "down from ") + std::to_string(*Before);
      const bool IsFirst = Message.empty() || (Now.Value > *Before && Result != Change::Larger);
      if (Now.Value > *Before)
        Result = Change::Larger;
      else if (Result == Change::Unchanged)
        Result = Change::Compatible;
      if (IsFirst)
        std::swap(Message, Text);
      if (!Text.empty())
        say("it " + Text);
    }
    accesses();
    if (Result == Change::Unchanged && !Reasons.empty())
      Result = Change::Compatible;
    if (Message.empty() && Result == Change::Compatible)
      Message =
          subject() + (New.What == LockEntry::Kind::Coroutine ? " keeps other things in a frame of the same size"
                                                              : " reaches memory by other paths, as often as before");
    else if (!Message.empty())
      Message = subject() + " " + Message;
    return Result;
  }

  /// Which load appeared: accesses as a multiset, in the order of the code.
  void accesses() {
    std::map<llvm::StringRef, int> Balance;
    for (const std::string &Access : Old.Accesses)
      ++Balance[Access];
    std::vector<llvm::StringRef> Came;
    for (const std::string &Access : New.Accesses)
      if (--Balance[Access] < 0)
        Came.push_back(Access);
    for (llvm::StringRef Access : Came)
      say("'" + Access.str() + "' is new");
    for (const std::string &Access : Old.Accesses)
      if (int &Left = Balance[Access]; Left > 0) {
        --Left;
        say("'" + Access + "' is gone");
      }
  }

  void compareStatements(Change &Result) {
    auto Words = [](const LockEntry &E) {
      std::vector<std::string> All;
      for (const StatedFigure &S : E.Stated)
        All.push_back(toString(S));
      llvm::sort(All);
      All.erase(llvm::unique(All), All.end());
      return All;
    };
    const std::vector<std::string> Before = Words(Old), Now = Words(New);
    for (const std::string &Word : Before)
      if (!llvm::is_contained(Now, Word))
        say(Word + " is no longer stated");
    for (const std::string &Word : Now)
      if (!llvm::is_contained(Before, Word))
        say(Word + " is stated now");
    if (Before != Now && Result == Change::Unchanged)
      Result = Change::Compatible;
  }

  const LockEntry &Old;
  const LockEntry &New;
  std::vector<Reason> Reasons;
};

Difference added(const LockEntry &New) {
  Difference D{Change::Added, nullptr, &New, {}};
  const std::vector<std::string> Broken = brokenPromises(New.Stated, New);
  const std::string Subject = quoted(New.Name) + " on " + describe(New.On);
  if (!Broken.empty()) {
    D.What = Change::PromiseBroken;
    D.Report.Message = Subject + " " + Broken.front();
  } else {
    D.Report.Message = Subject + " is promised and was not before" + (New.isType() ? ": " + bytes(New.SizeBytes) : "");
  }
  D.Report.Where = New.Where;
  return D;
}

Difference removed(const LockEntry &Old) {
  Difference D{Change::Removed, &Old, nullptr, {}};
  D.Report.Message = quoted(Old.Name) + " on " + describe(Old.On) + " is no longer promised" +
                     (Old.isType() ? "; it was " + bytes(Old.SizeBytes) : "");
  D.Report.Where = Old.Where;
  return D;
}

} // namespace

llvm::StringRef toString(Change C) { return infoOn(C).Text; }
llvm::StringRef ruleId(Change C) { return infoOn(C).Id; }
llvm::StringRef summaryOf(Change C) { return infoOn(C).Summary; }

std::string describe(const Platform &On) {
  std::string Text = On.Target;
  if (On.Compiler != "clang")
    Text += " with " + On.Compiler;
  if (!On.Optimization.empty())
    Text += " at " + On.Optimization;
  return Text;
}

std::vector<std::string> brokenPromises(llvm::ArrayRef<StatedFigure> Stated, const LockEntry &Actual) {
  std::vector<std::string> Result;
  for (const StatedFigure &Figure : Stated) {
    const std::optional<std::uint64_t> Value = actual(Actual, Figure);
    if (Value && !holds(Figure.Name.How, *Value, Figure.Value))
      Result.push_back(predicate(Figure, *Value) + "; " + toString(Figure) + " is promised");
  }
  return Result;
}

std::vector<Difference> compare(const Lock &Old, const Lock &New,
                                llvm::function_ref<bool(const LockEntry &Old)> IsCovered) {
  auto Pointers = [](const Lock &L) {
    std::vector<const LockEntry *> All;
    for (const LockEntry &E : L)
      All.push_back(&E);
    llvm::sort(All, [](const LockEntry *A, const LockEntry *B) { return *A < *B; });
    return All;
  };
  const std::vector<const LockEntry *> Before = Pointers(Old), Now = Pointers(New);
  std::vector<Difference> Result;
  auto Add = [&](Difference D) {
    if (D.What == Change::Unchanged)
      return;
    D.Report.RuleId = ruleId(D.What).str();
    D.Report.Severity = infoOn(D.What).Severity;
    Result.push_back(std::move(D));
  };
  std::size_t I = 0, J = 0;
  while (I != Before.size() || J != Now.size()) {
    if (J == Now.size() || (I != Before.size() && *Before[I] < *Now[J])) {
      if (IsCovered(*Before[I]))
        Add(removed(*Before[I]));
      ++I;
    } else if (I == Before.size() || *Now[J] < *Before[I]) {
      // A function whose code nobody saw is no entry of a lock.
      if (Now[J]->isMeasured())
        Add(added(*Now[J]));
      ++J;
    } else {
      Add(EntryComparison(*Before[I++], *Now[J++]).run());
    }
  }
  return Result;
}

} // namespace snug::facts
