// Functions as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/HtmlWriter.h"

#include "core/Html.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::machine {
namespace {

using html::escaped;

// Loads are shaded by their depth in the chain; the numbers say the same.
constexpr llvm::StringLiteral ListingStyle = R"css(
.figures { margin: .4rem 0; } .figures td:not(:first-child), .figures th:not(:first-child) { text-align: right; }
.code { margin: .4rem 0 1rem; } .code td { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  white-space: pre-wrap; border-bottom: 0; } .code td.n { color: var(--soft); white-space: nowrap; padding-right: .2rem; }
.code .p { color: var(--soft); } .code .m { color: var(--soft); text-align: center; padding: .1rem .2rem; }
.code .d1, .code .d2, .code .d3, .code .d4, .code .d5 { background: hsl(var(--h) var(--tone) var(--tint)); }
.d1 { --h: 212; } .d2 { --h: 184; } .d3 { --h: 42; } .d4 { --h: 22; } .d5 { --h: 0; }
.code .s { background: var(--panel); }
)css";

void writeHead(llvm::raw_ostream &Out) { html::beginPage(Out, {"snug asm", {ListingStyle}}); }

/// What a table of figures shows; the last ones only where a function branches.
llvm::ArrayRef<const char *> columnsFor(bool HasEntryWays) {
  static constexpr const char *Columns[] = {"instructions",
                                            "bytes",
                                            "loads",
                                            "chain",
                                            "stores",
                                            "spills",
                                            "calls",
                                            "cache_lines",
                                            "entry_loads",
                                            "entry_chain",
                                            "entry_instructions"};
  return HasEntryWays ? Columns : llvm::ArrayRef(Columns).drop_back(3);
}

void writeFigureCells(llvm::raw_ostream &Out, const Metrics &M, bool HasEntryWays) {
  for (const char *Name : columnsFor(HasEntryWays))
    for (const MetricName &Known : metricNames())
      if (llvm::StringRef(Name) == Known.Name)
        Out << "<td class=\"n\">" << Known.Get(M) << "</td>";
}

void writeFigureHead(llvm::raw_ostream &Out, llvm::StringRef First, bool HasEntryWays) {
  Out << "<table class=\"figures\">\n<thead><tr><th>" << First << "</th>";
  for (const char *Name : columnsFor(HasEntryWays))
    Out << "<th>" << inWords(Name) << "</th>";
  Out << "</tr></thead>\n<tbody>\n";
}

/// Class of a line: how deep its load stands.
std::string shade(const ListingLine &L) {
  if (L.Load)
    return "d" + std::to_string(std::min<std::uint32_t>(L.Depth, 5));
  return L.IsSpill ? "s" : "";
}

void writeLine(llvm::raw_ostream &Out, const ListingLine *L) {
  if (!L) {
    Out << "<td></td><td></td>";
    return;
  }
  Out << "<td class=\"n\">" << (L->Load ? "L" + std::to_string(L->Load) + " ^" + std::to_string(L->Depth) : "")
      << "</td><td class=\"" << shade(*L) << "\" title=\"" << escaped(L->Paths) << "\">"
      << (L->Label.empty() ? "" : escaped(L->Label) + ": ") << escaped(L->Text) << "</td>";
}

constexpr llvm::StringLiteral Foot =
    "<p class=\"soft\">Chain: loads on the longest dependent path. Cache lines: each base taken to be aligned to 64 "
    "bytes. Entry: of the way from the entry on which no branch is taken, where a function branches.</p>\n";

/// What the sides of a row have to do with each other.
const char *relationOf(const ListingLine *Before, const ListingLine *After) {
  return !Before ? "&gt;" : !After ? "&lt;" : Before->Text == After->Text ? "=" : "~";
}

} // namespace

llvm::StringRef listingStyle() { return ListingStyle; }

void writeListingHtml(llvm::raw_ostream &Out, const FunctionReport &R) {
  Out << "<table class=\"code\"><tbody>\n";
  for (const ListingLine &L : R.Listing) {
    if (!L.Part.empty())
      Out << "<tr><td></td><td class=\"p\" colspan=\"2\">elsewhere: " << escaped(L.Part) << "</td></tr>\n";
    Out << "<tr>";
    writeLine(Out, &L);
    Out << "<td class=\"p\">" << escaped(L.Paths) << "</td></tr>\n";
  }
  Out << "</tbody></table>\n";
}

void writePairHtml(llvm::raw_ostream &Out, const FunctionPair &P, llvm::StringRef Before, llvm::StringRef After) {
  writeFigureHead(Out, "", P.hasEntryWay());
  Out << "<tr><td>" << escaped(Before) << "</td>";
  writeFigureCells(Out, P.Before.Figures, P.hasEntryWay());
  Out << "</tr>\n<tr><td>" << escaped(After) << "</td>";
  writeFigureCells(Out, P.After.Figures, P.hasEntryWay());
  Out << "</tr>\n</tbody></table>\n<table class=\"code\">\n<thead><tr><th></th><th>" << escaped(Before)
      << "</th><th></th><th></th><th>" << escaped(After) << "</th></tr></thead>\n<tbody>\n";
  if (auto Rows = align(P.Before.Listing, P.After.Listing, P.IgnoresRegisters)) {
    for (const Row &R : *Rows) {
      const ListingLine *Left = R.Before ? &P.Before.Listing[*R.Before] : nullptr;
      const ListingLine *Right = R.After ? &P.After.Listing[*R.After] : nullptr;
      Out << "<tr>";
      writeLine(Out, Left);
      Out << "<td class=\"m\">" << relationOf(Left, Right) << "</td>";
      writeLine(Out, Right);
      Out << "</tr>\n";
    }
  } else {
    Out << "<tr><td colspan=\"5\">too long to be aligned</td></tr>\n";
  }
  Out << "</tbody></table>\n";
}

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionReport> Reports) {
  writeHead(Out);
  Out << "<h1>Machine code</h1>\n";
  const bool HasEntryWays = llvm::any_of(Reports, [](const FunctionReport &R) { return R.Figures.hasEntryWay(); });
  writeFigureHead(Out, "function", HasEntryWays);
  size_t Number = 0;
  for (const FunctionReport &R : Reports) {
    Out << "<tr><td><a href=\"#f" << ++Number << "\">" << escaped(R.Name) << "</a></td>";
    writeFigureCells(Out, R.Figures, HasEntryWays);
    Out << "</tr>\n";
  }
  Out << "</tbody></table>\n";
  Number = 0;
  for (const FunctionReport &R : Reports) {
    Out << "<h2 id=\"f" << ++Number << "\">" << escaped(R.Name) << "</h2>\n";
    writeListingHtml(Out, R);
  }
  Out << Foot;
  html::endPage(Out);
}

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionPair> Pairs, const DiffSummary &Summary) {
  writeHead(Out);
  Out << "<h1>Machine code, before and after</h1>\n<p>" << escaped(Summary.text()) << "</p>\n";
  for (const FunctionPair &P : Pairs) {
    Out << "<h2>" << escaped(P.Before.Name) << "</h2>\n";
    if (P.Before.Name != P.After.Name)
      Out << "<p>after: " << escaped(P.After.Name) << "</p>\n";
    writePairHtml(Out, P, "before", "after");
  }
  Out << Foot;
  html::endPage(Out);
}

} // namespace snug::machine
