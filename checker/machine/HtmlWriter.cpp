// Functions as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/HtmlWriter.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace snug::machine {
namespace {

std::string escaped(llvm::StringRef Text) {
  std::string Out;
  llvm::raw_string_ostream Stream(Out);
  llvm::printHTMLEscaped(Text, Stream);
  return Out;
}

void writeHead(llvm::raw_ostream &Out) {
  Out << R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>snug asm</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
table { border-collapse: collapse; margin: .5rem 0 2rem }
td, th { padding: .1rem .7rem; text-align: left; vertical-align: top }
th { border-bottom: 1px solid #999; font-weight: 600 }
.n { text-align: right; font-variant-numeric: tabular-nums }
.code td { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap }
.p { color: #555 }
.d1 { background: #eaf3fb } .d2 { background: #cfe4f6 } .d3 { background: #fbe3c0 }
.d4 { background: #f7c894 } .d5 { background: #f2a27c }
.s { background: #eee }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1b1b1b } .p { color: #aaa }
  .d1 { background: #1d3345 } .d2 { background: #23476a } .d3 { background: #5a4520 }
  .d4 { background: #6e4418 } .d5 { background: #7d3a1c } .s { background: #333 }
}
</style>
</head>
<body>
)";
}

constexpr const char *Columns[] = {"instructions", "bytes",  "loads", "chain",
                                   "stores",       "spills", "calls", "cache_lines"};

void writeFigureCells(llvm::raw_ostream &Out, const Metrics &M) {
  for (const char *Name : Columns)
    for (const MetricName &Known : metricNames())
      if (llvm::StringRef(Name) == Known.Name)
        Out << "<td class=\"n\">" << Known.Get(M) << "</td>";
}

void writeFigureHead(llvm::raw_ostream &Out, llvm::StringRef First) {
  Out << "<table>\n<tr><th>" << First << "</th>";
  for (const char *Name : Columns) {
    std::string Words = Name;
    std::replace(Words.begin(), Words.end(), '_', ' ');
    Out << "<th>" << Words << "</th>";
  }
  Out << "</tr>\n";
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

void writeFoot(llvm::raw_ostream &Out) {
  Out << "<p>Chain: loads on the longest dependent path. Cache lines: each base taken to be aligned to 64 bytes.</p>\n"
         "</body>\n</html>\n";
}

} // namespace

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionReport> Reports) {
  writeHead(Out);
  Out << "<h1>Machine code</h1>\n";
  writeFigureHead(Out, "function");
  size_t Number = 0;
  for (const FunctionReport &R : Reports) {
    Out << "<tr><td><a href=\"#f" << ++Number << "\">" << escaped(R.Name) << "</a></td>";
    writeFigureCells(Out, R.Figures);
    Out << "</tr>\n";
  }
  Out << "</table>\n";
  Number = 0;
  for (const FunctionReport &R : Reports) {
    Out << "<h2 id=\"f" << ++Number << "\">" << escaped(R.Name) << "</h2>\n<table class=\"code\">\n";
    for (const ListingLine &L : R.Listing) {
      Out << "<tr>";
      writeLine(Out, &L);
      Out << "<td class=\"p\">" << escaped(L.Paths) << "</td></tr>\n";
    }
    Out << "</table>\n";
  }
  writeFoot(Out);
}

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionPair> Pairs) {
  writeHead(Out);
  Out << "<h1>Machine code, before and after</h1>\n";
  for (const FunctionPair &P : Pairs) {
    Out << "<h2>" << escaped(P.Before.Name) << "</h2>\n";
    if (P.Before.Name != P.After.Name)
      Out << "<p>after: " << escaped(P.After.Name) << "</p>\n";
    writeFigureHead(Out, "");
    Out << "<tr><td>before</td>";
    writeFigureCells(Out, P.Before.Figures);
    Out << "</tr>\n<tr><td>after</td>";
    writeFigureCells(Out, P.After.Figures);
    Out << "</tr>\n</table>\n<table class=\"code\">\n";
    if (auto Rows = align(P.Before.Listing, P.After.Listing)) {
      for (const Row &R : *Rows) {
        Out << "<tr>";
        writeLine(Out, R.Before ? &P.Before.Listing[*R.Before] : nullptr);
        writeLine(Out, R.After ? &P.After.Listing[*R.After] : nullptr);
        Out << "</tr>\n";
      }
    } else {
      Out << "<tr><td>too long to be aligned</td></tr>\n";
    }
    Out << "</table>\n";
  }
  writeFoot(Out);
}

} // namespace snug::machine
