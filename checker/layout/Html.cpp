// Writes layouts as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Html.h"
#include "core/Text.h"
#include "layout/Picture.h"
#include "layout/Writers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace snug::layout {
namespace {

using html::escaped;

constexpr llvm::StringLiteral RecordStyle = R"css(
.record { width: 100%; } .record td { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 12.5px; }
.record td:nth-child(-n+2), .record th:nth-child(-n+2) { text-align: right; white-space: nowrap; width: 4.5rem; }
.record td:last-child { overflow-wrap: anywhere; border-left: 4px solid transparent; padding-left: calc(.5rem + var(--l, 0) * .9rem); }
.record tr[class^=o] td:last-child { border-left-color: hsl(var(--h) 55% var(--edge)); }
.record small { color: var(--soft); font-size: inherit; } .record tr.bp td { color: var(--bad); } .record tr.hole td { color: var(--soft); font-style: italic; }
.why { font-size: 13px; margin-top: .4rem; overflow-wrap: anywhere; }
.record tr.mark td { border-bottom: 2px solid var(--soft); color: var(--soft); text-align: center; padding-top: .3rem; }
)css";
constexpr llvm::StringLiteral PageStyle = R"css(
nav ul { columns: 2 24rem; padding-left: 1.2rem; overflow-wrap: anywhere; }
section { margin-top: 2.5rem; }
)css";

/// Longer declarations have template arguments that nobody reads.
constexpr std::size_t LongestDeclaration = 110;

void writeTable(llvm::raw_ostream &Out, const RecordLayout &Record, const Picture &Shown, unsigned Depth) {
  Out << "<table class=\"record\">\n<thead><tr><th>offset</th><th>size</th><th>what</th></tr></thead>\n<tbody>\n";
  std::uint64_t CacheLine = 0;
  for (const Line &L : linesOf(Record, Depth)) {
    if (L.Gap && L.Parent->Kind == NodeKind::BitField)
      continue;
    const std::uint64_t At = L.offsetBits() / 8;
    if (At / RecordLayout::CacheLineBytes > CacheLine) {
      CacheLine = At / RecordLayout::CacheLineBytes;
      Out << "<tr class=\"mark\"><td colspan=\"3\">cache line " << CacheLine << "</td></tr>\n";
    }
    const std::uint64_t Bits = L.Gap ? L.Gap->Bits.size() : L.Subobject->OccupiedBits;
    const bool InBits =
        Bits % 8 != 0 || L.offsetBits() % 8 != 0 || (L.Subobject && L.Subobject->Kind == NodeKind::BitField);
    const auto Colour = Shown.Colours.find(L.Subobject);
    const auto Pointer = Shown.Pointers.find(L.Subobject);
    Out << "<tr";
    if (L.Gap)
      Out << " class=\"hole\"";
    else if (Pointer != Shown.Pointers.end())
      Out << " class=\"bp\"";
    else if (Colour != Shown.Colours.end() && Bits)
      Out << " class=\"o" << Colour->second % html::OwnerColours << '"';
    Out << "><td>" << At;
    if (InBits)
      Out << ':' << L.offsetBits() % 8;
    Out << "</td><td>" << (InBits ? counted(Bits, "bit") : std::to_string(Bits / 8)) << "</td><td";
    if (L.Level)
      Out << " style=\"--l:" << L.Level << '"';
    Out << '>';
    if (L.Gap) {
      Out << describe(L);
    } else {
      const Node &N = *L.Subobject;
      std::vector<std::string> Remarks = remarksOn(N);
      if (N.IsInterconvertible)
        Remarks.push_back("pointer-interconvertible with the whole");
      if (Pointer != Shown.Pointers.end())
        Remarks.push_back(Pointer->second->Text);
      Out << escaped(shorten(N.Declaration, LongestDeclaration));
      if (!Remarks.empty())
        Out << " <small>" << escaped(llvm::join(Remarks, ", ")) << "</small>";
    }
    Out << "</td></tr>\n";
  }
  Out << "</tbody></table>\n";
}

void writeSection(llvm::raw_ostream &Out, const RecordLayout &Record, unsigned Depth) {
  Out << "<h2>" << (Record.Alias.empty() ? "" : escaped(Record.Alias) + ", alias of ")
      << (Record.Tag == "lambda" ? "" : Record.Tag + " ") << escaped(Record.Name) << "</h2>\n<p class=\"soft\">"
      << escaped(Record.Where.File) << ':' << Record.Where.Line << "</p>\n";
  Palette Colours;
  writeRecord(Out, Record, pictureOf(Record, {}, Colours), Depth);
}

/// One reason is said, a list of them is folded.
void writeReasons(llvm::raw_ostream &Out, const RecordLayout &Record) {
  if (Record.Reasons.empty())
    return;
  auto Text = [](const Reason &R) { return "not standard-layout " + escaped(shorten(R.Text, 2 * LongestDeclaration)); };
  if (Record.Reasons.size() == 1) {
    Out << "<p class=\"soft\">" << Text(Record.Reasons.front()) << "</p>\n";
    return;
  }
  Out << "<details class=\"why soft\"><summary>" << Text(Record.Reasons.front()) << " (and "
      << counted(Record.Reasons.size() - 1, "more reason") << ")</summary>\n<ul>\n";
  for (const Reason &R : llvm::ArrayRef(Record.Reasons).drop_front())
    Out << "<li>" << escaped(shorten(R.Text, 2 * LongestDeclaration)) << "</li>\n";
  Out << "</ul></details>\n";
}

} // namespace

llvm::StringRef recordStyle() { return RecordStyle; }

void writeRecord(llvm::raw_ostream &Out, const RecordLayout &Record, const Picture &Shown, unsigned Depth) {
  Out << "<p>" << summaryOf(Record) << "</p>\n";
  html::writeByteMap(Out, Shown.Map);
  writeTable(Out, Record, Shown, Depth);
  writeReasons(Out, Record);
}

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options) {
  html::beginPage(Out, {"layouts", {html::byteMapStyle(), RecordStyle, PageStyle}});
  Out << "<h1>" << counted(Records.size(), "record") << "</h1>\n";
  html::writeLegend(Out);
  if (Records.size() > 3) {
    Out << "<nav><ul>\n";
    for (std::size_t I = 0; I != Records.size(); ++I)
      Out << "<li><a href=\"#r" << I << "\">" << escaped(Records[I].Name) << "</a> <span class=\"soft\">"
          << Records[I].SizeBytes << "</span></li>\n";
    Out << "</ul></nav>\n";
  }
  for (std::size_t I = 0; I != Records.size(); ++I) {
    Out << "<section id=\"r" << I << "\">\n";
    writeSection(Out, Records[I], Options.Depth);
    Out << "</section>\n";
  }
  html::endPage(Out);
}

} // namespace snug::layout
