// Promises about machine code in comments: reading them. Holding code against them is in Verify.cpp.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Expectations.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace snug::machine {
namespace {

constexpr llvm::StringLiteral RuleId = "asm-expectation";

const MetricName *findMetric(llvm::StringRef Name) {
  if (Name == "spill" || Name == "reloads")
    Name = "spills";
  for (const MetricName &M : metricNames())
    if (Name == M.Name)
      return &M;
  return nullptr;
}

std::string nearestMetric(llvm::StringRef Name) {
  const MetricName *Best = nullptr;
  unsigned Least = 4;
  for (const MetricName &M : metricNames())
    if (unsigned D = llvm::StringRef(M.Name).edit_distance(Name, true, Least); D < Least) {
      Least = D;
      Best = &M;
    }
  return Best ? " (did you mean '" + std::string(Best->Name) + "'?)" : "";
}

/// "rdi=promise" and "arg0->[16]=ops": no metric is called like a register.
bool isLabel(llvm::StringRef Word) {
  llvm::StringRef Root = Word.take_while(llvm::isAlnum);
  llvm::StringRef Number = Root;
  unsigned N = 0;
  return !kindOfRegister(Root).empty() || Root == "rsp" || (Number.consume_front("arg") && !Number.getAsInteger(10, N));
}

/// Reads "loads<=6"; on failure says why.
std::string readBound(llvm::StringRef Word, Bound &B) {
  const size_t At = Word.find_first_of("=<>");
  if (At == llvm::StringRef::npos)
    return ("'" + Word + "' states no number; write '" + Word + "=N', '" + Word + "<=N' or '" + Word + ">=N'").str();
  llvm::StringRef Name = Word.take_front(At), Rest = Word.drop_front(At);
  if (Name.ends_with(")") && Name.contains('(')) {
    std::tie(Name, B.From) =
        std::pair(Name.take_until([](char C) { return C == '('; }), Name.drop_back().split('(').second.str());
    if (Name != "loads" || B.From.empty())
      return ("'" + Word + "' asks for the " + Name + " of one base; 'loads(LABEL)' is what can be asked").str();
  }
  B.Metric = findMetric(Name);
  if (!B.Metric)
    return ("unknown metric '" + Name + "'" + nearestMetric(Name)).str();
  if (Rest.consume_front("<="))
    B.Operator = Bound::Op::AtMost;
  else if (Rest.consume_front(">="))
    B.Operator = Bound::Op::AtLeast;
  else if (Rest.consume_front("=="))
    B.Operator = Bound::Op::Equal;
  else if (Rest.consume_front("="))
    B.Operator = Bound::Op::Equal;
  else
    return ("'" + Word + "' compares with neither '=', '<=' nor '>='").str();
  if (Rest.getAsInteger(10, B.Value))
    return ("'" + Rest + "' in '" + Word + "' is not a number").str();
  return "";
}

/// Where the directive's word begins in a line: "EXPECT" with nothing but a comment's signs or blanks before it.
size_t findDirective(llvm::StringRef Line) {
  for (size_t At = Line.find("EXPECT"); At != llvm::StringRef::npos; At = Line.find("EXPECT", At + 1)) {
    llvm::StringRef Before = Line.take_front(At);
    if (llvm::all_of(Before, [](char C) { return !llvm::isAlnum(C) && C != '_' && C != '"' && C != '\'' && C != '`'; }))
      return At;
  }
  return llvm::StringRef::npos;
}

} // namespace

std::uint64_t Bound::actual(const FunctionReport &R) const {
  if (From.empty())
    return Metric->Get(R.Figures);
  for (const BaseGroup &G : groupByBase(R.Loads))
    if (G.Base == From)
      return G.Loads;
  return 0;
}

bool Bound::holds(std::uint64_t Actual) const {
  switch (Operator) {
  case Op::Equal:
    return Actual == Value;
  case Op::AtMost:
    return Actual <= Value;
  case Op::AtLeast:
    return Actual >= Value;
  }
  return false;
}

ExpectationFile readExpectations(llvm::StringRef Text, llvm::StringRef Path) {
  ExpectationFile File;
  unsigned Number = 0;
  while (!Text.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    ++Number;
    const size_t At = findDirective(Line);
    if (At == llvm::StringRef::npos)
      continue;
    const Location Where{Path.str(), Number, static_cast<unsigned>(At + 1), 0};
    auto Reject = [&](const llvm::Twine &Why) {
      Finding F;
      F.RuleId = RuleId.str();
      F.Severity = Level::Error;
      F.Result = Verdict::Undecided;
      F.Where = Where;
      F.Message = "malformed EXPECT: " + Why.str();
      File.Malformed.push_back(std::move(F));
    };
    llvm::StringRef Rest = Line.drop_front(At + 6);
    Expectation E;
    E.Where = Where;
    if (Rest.consume_front("-")) {
      llvm::StringRef Name =
          Rest.take_while([](char C) { return llvm::isAlnum(C) || llvm::StringRef("-_.+").contains(C); });
      E.Configuration = Name.str();
      Rest = Rest.drop_front(Name.size());
      if (Name.empty()) {
        Reject("a configuration is missing behind 'EXPECT-'");
        continue;
      }
    }
    if (!Rest.consume_front(":")) {
      // Prose may begin with the word; a directive's separator says that one was meant.
      if (Rest.contains(" :: "))
        Reject("':' is missing behind '" + Line.slice(At, Line.size() - Rest.size()) + "'");
      continue;
    }
    Rest = Rest.rtrim();
    Rest.consume_back("*/");
    Rest.consume_back("-->");
    Rest = Rest.rtrim();
    // The separator may end the line: then the figures are missing, not the separator.
    const size_t Separator = Rest.ends_with(" ::") ? Rest.size() - 3 : Rest.rfind(" :: ");
    if (Separator == llvm::StringRef::npos) {
      Reject("' :: ' is missing between the function and its figures");
      continue;
    }
    E.Function = Rest.take_front(Separator).trim().str();
    if (E.Function.empty()) {
      Reject("the function's name is missing before ' :: '");
      continue;
    }
    llvm::SmallVector<llvm::StringRef, 8> Words;
    llvm::SplitString(Rest.drop_front(Separator + 3), Words, " \t,\r");
    std::string Why = Words.empty() ? "no figure is stated behind ' :: '" : "";
    for (llvm::StringRef Word : Words) {
      if (isLabel(Word)) {
        if (auto L = PathLabel::parse(Word)) {
          E.Labels.push_back(std::move(*L));
          continue;
        } else {
          Why = llvm::toString(L.takeError());
          break;
        }
      }
      Bound B;
      if (std::string Wrong = readBound(Word, B); !Wrong.empty()) {
        Why = Wrong;
        break;
      }
      E.Bounds.push_back(B);
    }
    for (const Bound &B : E.Bounds)
      if (Why.empty() && !B.From.empty() &&
          llvm::none_of(E.Labels, [&](const PathLabel &L) { return L.Name == B.From; }))
        Why = "nothing is called '" + B.From + "' in this line; a label such as 'rdi=" + B.From + "' does that";
    if (Why.empty() && E.Bounds.empty())
      Why = "no figure is stated behind ' :: '";
    if (!Why.empty())
      Reject(Why);
    else
      File.Expectations.push_back(std::move(E));
  }
  return File;
}

} // namespace snug::machine
