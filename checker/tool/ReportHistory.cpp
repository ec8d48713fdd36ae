// Sizes and counts over time, from a series of lock files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ReportHistory.h"

#include "core/Html.h"
#include "core/Text.h"
#include "facts/LockDiff.h"
#include "report/Diagrams.h"
#include "tool/LockReport.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <map>

namespace snug::tool {
namespace {

using html::escaped;

constexpr std::size_t LongestName = 110;

/// One thing at every step; null where it was not there.
using Course = std::vector<const facts::LockEntry *>;

std::optional<std::uint64_t> figureOf(const facts::LockEntry &E) {
  if (E.isType())
    return E.SizeBytes;
  const llvm::StringRef Wanted = E.What == facts::LockEntry::Kind::Function ? "loads" : "frame";
  for (const facts::Counted &C : E.Figures)
    if (C.Name == Wanted)
      return C.Value;
  return std::nullopt;
}

/// The figures of one step in words: "size 24, align 8, padding 3".
std::string figuresOf(const facts::LockEntry &E) {
  std::string Text;
  if (E.isType())
    Text = "size " + std::to_string(E.SizeBytes) + ", align " + std::to_string(E.AlignBytes) + ", padding " +
           std::to_string(E.PaddingBytes);
  for (const facts::Counted &C : E.Figures)
    Text += (Text.empty() ? "" : ", ") + C.Name + " " + std::to_string(C.Value);
  return Text.empty() ? "not counted" : Text;
}

/// What moved on the way from one step to the next.
void writeMoves(llvm::raw_ostream &Out, const facts::LockEntry &Old, const facts::LockEntry &New) {
  for (const facts::Difference &D : facts::compare({Old}, {New}, [](const facts::LockEntry &) { return true; })) {
    Out << "<br>" << escaped(D.Report.Message);
    for (const Reason &R : D.Report.Reasons)
      Out << "<br><span class=\"soft\">" << escaped(R.Text) << "</span>";
  }
}

std::string bodyOf(const Course &C, llvm::ArrayRef<std::string> Labels) {
  std::string Body;
  llvm::raw_string_ostream Out(Body);
  report::Series S;
  const facts::LockEntry &Any = **llvm::find_if(C, [](const facts::LockEntry *E) { return E != nullptr; });
  S.Name = Any.isType() ? "size" : Any.What == facts::LockEntry::Kind::Function ? "loads" : "frame";
  for (const facts::LockEntry *E : C)
    S.Values.push_back(E ? figureOf(*E) : std::nullopt);
  Out << "<p class=\"soft\">" << S.Name << ", on " << escaped(facts::describe(Any.On)) << "</p>\n";
  report::writeSteps(Out, S, Labels);
  Out << "<table class=\"wide\"><thead><tr><th>step</th><th>figures, and what moved</th></tr></thead>\n<tbody>\n";
  for (std::size_t I = 0; I != C.size(); ++I) {
    Out << "<tr><td>" << escaped(Labels[I]) << "</td><td>" << (C[I] ? escaped(figuresOf(*C[I])) : "not there");
    if (I && C[I] && C[I - 1])
      writeMoves(Out, *C[I - 1], *C[I]);
    Out << "</td></tr>\n";
  }
  Out << "</tbody></table>\n";
  return Body;
}

/// The word for how the last value compares with the first.
std::string courseOf(const Course &C) {
  if (!C.back())
    return "gone";
  if (!C.front())
    return "new";
  const std::optional<std::uint64_t> First = figureOf(*C.front()), Last = figureOf(*C.back());
  return !First || !Last || *First == *Last ? "" : *First < *Last ? "grown" : "shrunk";
}

/// What all paths begin or end with tells nothing.
std::vector<std::string> labelsOf(llvm::ArrayRef<std::string> Paths) {
  std::vector<std::string> Result(Paths.begin(), Paths.end());
  if (Paths.size() < 2)
    return Result;
  auto Same = [&](std::size_t At, bool FromEnd) {
    return llvm::all_of(Paths, [&](const std::string &P) {
      return At < P.size() &&
             (FromEnd ? P[P.size() - 1 - At] == Paths[0][Paths[0].size() - 1 - At] : P[At] == Paths[0][At]);
    });
  };
  std::size_t Head = 0, Tail = 0;
  while (Head < Paths[0].size() && Same(Head, false))
    ++Head;
  while (Tail < Paths[0].size() && Same(Tail, true))
    ++Tail;
  // Not within a word: "v1" and "v2" are better names than "1" and "2".
  while (Head && llvm::isAlnum(Paths[0][Head - 1]))
    --Head;
  while (Tail && llvm::isAlnum(Paths[0][Paths[0].size() - Tail]))
    --Tail;
  for (std::string &Label : Result)
    if (Head + Tail < Label.size())
      Label = Label.substr(Head, Label.size() - Head - Tail);
  return Result;
}

} // namespace

llvm::Expected<std::vector<HistoryStep>> readHistory(llvm::ArrayRef<std::string> Paths) {
  std::vector<HistoryStep> Steps;
  const std::vector<std::string> Labels = labelsOf(Paths);
  for (std::size_t I = 0; I != Paths.size(); ++I) {
    llvm::Expected<std::optional<facts::Lock>> Read = readLockFile(Paths[I]);
    if (!Read)
      return Read.takeError();
    if (!*Read)
      return llvm::createStringError("'" + Paths[I] + "' does not exist");
    Steps.push_back({Labels[I], std::move(**Read)});
  }
  return Steps;
}

report::HtmlSection historySection(llvm::ArrayRef<HistoryStep> Steps) {
  // By what makes an entry the same one in a lock, the file of an internal name included.
  auto InOrder = [](const facts::LockEntry *A, const facts::LockEntry *B) { return *A < *B; };
  std::map<const facts::LockEntry *, Course, decltype(InOrder)> Courses(InOrder);
  std::vector<std::string> Labels;
  for (std::size_t I = 0; I != Steps.size(); ++I) {
    Labels.push_back(Steps[I].Label);
    for (const facts::LockEntry &E : Steps[I].Entries) {
      Course &C = Courses[&E];
      C.resize(Steps.size());
      C[I] = &E;
    }
  }
  report::HtmlSection Section;
  Section.Id = "history";
  Section.Title = "Over time";
  Section.Intro =
      "Sizes of types, loads of functions: " + escaped(Labels.front()) + " to " + escaped(Labels.back()) + ".";
  Section.Columns = {"first", "last"};
  for (const auto &[First, C] : Courses) {
    report::HtmlEntry &E = Section.Entries.emplace_back();
    E.Name = shorten(First->Name, LongestName);
    E.Place = First->Where.File;
    E.Figures = {C.front() ? figureOf(*C.front()) : std::nullopt, C.back() ? figureOf(*C.back()) : std::nullopt};
    if (std::string Word = courseOf(C); !Word.empty())
      E.Tags.push_back(std::move(Word));
    E.Body = bodyOf(C, Labels);
  }
  return Section;
}

} // namespace snug::tool
