// One page for people: sections of entries that fold, with filter, sorting and keys where there are scripts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/HtmlReport.h"

#include "core/Html.h"

#include "llvm/ADT/StringSet.h"

namespace snug::report {
namespace {

using html::escaped;

/// Sections with more entries are folded: their lines are the overview.
constexpr std::size_t UnfoldedUpTo = 6;

void writeSummary(llvm::raw_ostream &Out, const HtmlReport &Report) {
  if (Report.Summary.empty())
    return;
  Out << "<dl class=\"sums\">\n";
  for (const auto &[Label, Text] : Report.Summary)
    Out << "<div><dt>" << escaped(Label) << "</dt><dd>" << escaped(Text) << "</dd></div>\n";
  Out << "</dl>\n";
}

/// Shown where there are scripts: without them nothing here would do anything.
void writeBar(llvm::raw_ostream &Out, const HtmlReport &Report) {
  Out << "<div class=\"bar\" id=\"bar\">\n"
         "<input type=\"search\" id=\"q\" placeholder=\"Filter: part of a name, size&gt;64, -test\" "
         "aria-label=\"filter\" autocomplete=\"off\" spellcheck=\"false\">\n<span class=\"chips\" role=\"group\" "
         "aria-label=\"show only\">";
  llvm::StringSet<> Seen;
  for (const HtmlSection &S : Report.Sections)
    for (const HtmlEntry &E : S.Entries)
      for (const std::string &Tag : E.Tags)
        if (Seen.insert(Tag).second)
          Out << "<button type=\"button\" data-tag=\"" << escaped(Tag) << "\" aria-pressed=\"false\">" << escaped(Tag)
              << "</button>";
  Out << "</span>\n<output id=\"count\" aria-live=\"polite\"></output>\n"
         "<span class=\"tools\"><button type=\"button\" id=\"fold\">unfold all</button>"
         "<button type=\"button\" id=\"theme\">theme</button>"
         "<button type=\"button\" id=\"keys\" aria-haspopup=\"dialog\">keys</button></span>\n</div>\n"
         "<dialog id=\"help\" aria-label=\"keys\"><table><tbody>"
         "<tr><td><kbd>/</kbd></td><td>to the filter</td></tr>"
         "<tr><td><kbd>Esc</kbd></td><td>clears the filter; closes this</td></tr>"
         "<tr><td><kbd>j</kbd> <kbd>k</kbd></td><td>next and previous entry; in the list the arrow keys, too</td></tr>"
         "<tr><td><kbd>Enter</kbd></td><td>unfolds or folds the entry</td></tr>"
         "<tr><td><kbd>a</kbd></td><td>unfolds or folds all that are shown</td></tr>"
         "<tr><td><kbd>t</kbd></td><td>light, dark, as the system says</td></tr>"
         "<tr><td><kbd>?</kbd></td><td>this list</td></tr></tbody></table>"
         "<p class=\"soft\">In the filter every word has to match: part of a name or a place, <code>-word</code> for "
         "what "
         "must not be there, <code>size&gt;64</code>, <code>padding=0</code> for a column.</p>"
         "<form method=\"dialog\"><button>close</button></form></dialog>\n";
}

/// Where there is no room for heads each figure names its column.
std::string narrowStyle(const HtmlReport &Report) {
  std::string Result = "@media (max-width: 46rem) {\n";
  for (const HtmlSection &S : Report.Sections)
    for (std::size_t I = 0; I != S.Columns.size(); ++I) {
      const std::string Figure =
          "#" + S.Id + " summary > .f:nth-last-child(" + std::to_string(S.Columns.size() - I) + ")";
      Result += Figure + " { grid-column: " + std::to_string(I + 2) + "; }\n" + Figure + "::before { content: \"" +
                S.Columns[I] + "\"; }\n";
    }
  return Result + "}\n";
}

/// How many entries of a section have their bodies on the page.
std::size_t detailedEntries(const HtmlSection &S) {
  std::size_t Bytes = 0;
  std::size_t Result = 0;
  while (Result != S.Entries.size() && (Bytes += S.Entries[Result].Body.size()) <= MostDetailBytes)
    ++Result;
  return Result;
}

void writeEntry(llvm::raw_ostream &Out, const HtmlSection &S, const HtmlEntry &E, std::size_t Index, bool HasDetails) {
  const bool IsOpen = S.Entries.size() <= UnfoldedUpTo;
  Out << "<details id=\"" << S.Id << Index << '"' << (IsOpen ? " open" : "") << ">\n"
      << "<summary><span class=\"name\">" << escaped(E.Name) << "</span>";
  if (!E.Place.empty() || !E.Tags.empty()) {
    Out << "<span class=\"about\">";
    if (!E.Place.empty())
      Out << "<span class=\"place\">" << escaped(E.Place) << "</span>";
    if (!E.Tags.empty()) {
      Out << "<span class=\"tags\">";
      for (const std::string &Tag : E.Tags)
        Out << "<span>" << escaped(Tag) << "</span>";
      Out << "</span>";
    }
    Out << "</span>";
  }
  for (std::size_t I = 0; I != S.Columns.size(); ++I) {
    Out << "<span class=\"f\">";
    if (I < E.Figures.size() && E.Figures[I])
      Out << "<b>" << *E.Figures[I] << "</b>";
    if (I < E.Notes.size() && !E.Notes[I].empty())
      Out << "<small>" << escaped(E.Notes[I]) << "</small>";
    Out << "</span>";
  }
  Out << "</summary>\n<div class=\"body\">\n";
  // A browser with scripts takes what is in <noscript> for one piece of text: thousands of folded entries cost nothing
  // until they are unfolded.
  if (!HasDetails)
    Out << "<p class=\"soft\">This page has no room for these details: a report on fewer entries has.</p>\n";
  else if (IsOpen)
    Out << E.Body;
  else
    Out << "<noscript>\n" << E.Body << "</noscript>";
  Out << "</div>\n</details>\n";
}

/// Returns how many entries are without details.
std::size_t writeSection(llvm::raw_ostream &Out, const HtmlSection &S) {
  const std::size_t Detailed = detailedEntries(S);
  Out << "<section class=\"list\" id=\"" << S.Id << "\" style=\"--columns:" << S.Columns.size() << "\">\n<h2>"
      << escaped(S.Title) << "</h2>\n";
  if (!S.Intro.empty())
    Out << "<p class=\"soft\">" << S.Intro << "</p>\n";
  if (Detailed != S.Entries.size())
    Out << "<p class=\"soft\">All " << S.Entries.size() << " are listed; the first " << Detailed
        << " have their details.</p>\n";
  Out << "<div class=\"head\"><span>name</span>";
  for (const std::string &Column : S.Columns)
    Out << "<span class=\"f\">" << escaped(Column) << "</span>";
  Out << "</div>\n";
  for (std::size_t I = 0; I != S.Entries.size(); ++I)
    writeEntry(Out, S, S.Entries[I], I, I < Detailed);
  Out << "<p class=\"none\" hidden>Nothing here matches the filter.</p>\n</section>\n";
  return S.Entries.size() - Detailed;
}

} // namespace

std::size_t writeHtmlReport(llvm::raw_ostream &Out, const HtmlReport &Report) {
  std::vector<llvm::StringRef> Styles = Report.Styles;
  Styles.push_back(htmlReportStyle());
  const std::string Narrow = narrowStyle(Report);
  Styles.push_back(Narrow);
  html::beginPage(Out, {Report.Title, Styles});
  // Before anything is painted, so that nothing moves when the bar comes.
  Out << "<script>document.documentElement.dataset.js = \"\";</script>\n<header>\n<h1>" << escaped(Report.Title)
      << "</h1>\n<p class=\"soft\">" << escaped(Report.Subtitle) << "</p>\n";
  writeSummary(Out, Report);
  Out << Report.Legend << "</header>\n";
  writeBar(Out, Report);
  Out << "<main>\n";
  std::size_t Left = 0;
  for (const HtmlSection &S : Report.Sections)
    Left += writeSection(Out, S);
  Out << "</main>\n<script>\n" << htmlReportScript() << "</script>\n";
  html::endPage(Out);
  return Left;
}

} // namespace snug::report
