// The frame and the look that all our pages have in common.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Html.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

namespace snug::html {
namespace {

constexpr llvm::StringLiteral Light = R"css( --paper: #fff; --panel: #f6f6f4; --ink: #1d1d1f; --soft: #5c5c63;
  --line: #dcdcd8; --link: #0b57a4; --focus: #0b57a4; --bad: #b3261e; --bad-soft: #fbe4e1; --hole: #8a8a8f;
  --tint: 88%; --tone: 52%; --edge: 42%; )css";
constexpr llvm::StringLiteral Dark = R"css( --paper: #17181a; --panel: #202225; --ink: #ececee; --soft: #a5a7ad;
  --line: #383b40; --link: #8ab8f0; --focus: #8ab8f0; --bad: #ff9d92; --bad-soft: #4a2522; --hole: #85878d;
  --tint: 27%; --tone: 32%; --edge: 62%; )css";

// A page that carries a switch marks the root `light` or `dark`; without one the system decides.
constexpr llvm::StringLiteral Common = R"css(
* { box-sizing: border-box; }
html { scrollbar-gutter: stable; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .25rem; line-height: 1.25; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 2rem 0 .3rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; max-width: 60rem; } a { color: var(--link); } .soft { color: var(--soft); }
code, pre, .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
table { border-collapse: collapse; font-size: 13px; line-height: 1.5; }
th { text-align: left; font-weight: 600; }
th, td { padding: .1rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: var(--top, 0); background: var(--paper); box-shadow: inset 0 -1px var(--soft); z-index: 1; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; } thead th { position: static; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } h2, summary { break-after: avoid; }
}
)css";

} // namespace

std::string escaped(llvm::StringRef Text) {
  std::string Clean = llvm::json::fixUTF8(Text);
  std::string Result;
  Result.reserve(Clean.size());
  for (char C : Clean)
    switch (C) {
    case '&':
      Result += "&amp;";
      break;
    case '<':
      Result += "&lt;";
      break;
    case '>':
      Result += "&gt;";
      break;
    case '"':
      Result += "&quot;";
      break;
    case '\n':
    case '\t':
      Result += C;
      break;
    default:
      if (static_cast<unsigned char>(C) < ' ' || C == 0x7f)
        Result += "\xEF\xBF\xBD";
      else
        Result += C;
    }
  return Result;
}

void beginPage(llvm::raw_ostream &Out, const Page &P) {
  Out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
         "script-src 'unsafe-inline'\">\n"
      << "<title>" << escaped(P.Title) << "</title>\n<style>\n:root { color-scheme: light dark;" << Light << "}\n"
      << "@media (prefers-color-scheme: dark) { :root:not(.light) {" << Dark << "} }\n:root.dark { color-scheme: dark;"
      << Dark << "}\n:root.light { color-scheme: light; }\n@media print { :root, :root:not(.light), :root.dark {"
      << " color-scheme: light;" << Light << "} }" << Common;
  for (llvm::StringRef Style : P.Styles)
    Out << Style;
  Out << "</style>\n</head>\n<body>\n";
}

void endPage(llvm::raw_ostream &Out) { Out << "</body>\n</html>\n"; }

} // namespace snug::html
