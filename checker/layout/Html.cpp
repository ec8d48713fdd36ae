// Writes layouts as one self-contained page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Writers.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <algorithm>

namespace snug::layout {
namespace {

// Colours say which direct subobject a byte belongs to; holes are hatched, so that they show without colours too.
constexpr llvm::StringLiteral Style = R"css(
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1c1e; --soft: #6b6b70; --line: #d9d9de; --hole: #c2410c; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161618; --ink: #ececf0; --soft: #9a9aa2; --line: #3a3a40; --hole: #fb923c; }
}
body { margin: 2rem auto; max-width: 64rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; overflow-wrap: anywhere; margin: 2.5rem 0 .2rem; }
p { margin: .2rem 0; } .soft { color: var(--soft); } nav { columns: 2; overflow-wrap: anywhere; }
.bytes { display: grid; gap: 2px; margin: .8rem 0; font-size: 11px; }
.bytes > * { overflow: hidden; white-space: nowrap; text-align: center; padding: .35rem 1px; border-radius: 3px;
  background: hsl(var(--hue) 60% 50% / .35); }
.bytes > .hole, tr.hole td:last-child::before { background: repeating-linear-gradient(45deg,
  transparent 0 3px, var(--hole) 3px 4px); }
table { border-collapse: collapse; width: 100%; font: 13px/1.45 ui-monospace, monospace; }
th { text-align: left; font-weight: 600; } th, td { padding: .1rem .6rem; border-bottom: 1px solid var(--line); }
td:nth-child(-n+2), th:nth-child(-n+2) { text-align: right; white-space: nowrap; width: 5rem; }
td:last-child { overflow-wrap: anywhere; } tr.hole td { color: var(--hole); }
tr.hole td:last-child::before { content: ""; display: inline-block; width: 1em; height: .8em; margin-right: .4em; }
tr.mark td { border-bottom: 2px solid var(--ink); color: var(--soft); text-align: center; }
)css";

/// Pictures end here: what is larger is mostly one array.
constexpr std::uint64_t MaxPictureBytes = 64 * RecordLayout::CacheLineBytes;
constexpr unsigned Hues[] = {210, 140, 40, 280, 0, 180, 320, 90};

std::string escaped(llvm::StringRef Text) {
  std::string Result;
  llvm::raw_string_ostream Out(Result);
  llvm::printHTMLEscaped(Text, Out);
  return Result;
}

/// What one byte shows: a leaf, and the direct subobject it is in; no leaf for a hole.
struct Byte {
  const Node *Leaf = nullptr;
  std::size_t Direct = 0;
  friend bool operator==(const Byte &, const Byte &) = default;
};

void paint(const Node &N, std::size_t Direct, std::vector<Byte> &Bytes) {
  // Members of unions overlap, and elements repeat: one block for all of them.
  const bool IsBlock = N.Children.empty() || N.IsUnion || N.Elements > 1;
  auto Fill = [&](BitRange Range, Byte With) {
    const std::uint64_t End = std::min<std::uint64_t>((Range.End + 7) / 8, Bytes.size());
    for (std::uint64_t I = Range.Begin / 8; I < End; ++I)
      Bytes[I] = With;
  };
  if (IsBlock && N.OccupiedBits)
    Fill(N.Children.empty() && N.Values.empty() ? BitRange{} : N.occupied(), {&N, Direct});
  if (!IsBlock)
    for (const Node &Child : N.Children)
      paint(Child, Direct, Bytes);
  if (N.Elements == 1)
    for (const Hole &Gap : N.Holes)
      Fill({(Gap.Bits.Begin + 7) / 8 * 8, Gap.Bits.End / 8 * 8}, {});
}

class Writer {
public:
  Writer(llvm::raw_ostream &Out, const WriteOptions &Options) : Out(Out), Options(Options) {}

  void page(llvm::ArrayRef<RecordLayout> Records) {
    Out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        << "<meta name=\"viewport\" content=\"width=device-width\">\n<title>layouts</title>\n<style>" << Style
        << "</style>\n</head>\n<body>\n<h1>" << counted(Records.size(), "record") << "</h1>\n";
    if (Records.size() > 3) {
      Out << "<nav><ul>\n";
      for (std::size_t I = 0; I != Records.size(); ++I)
        Out << "<li><a href=\"#r" << I << "\">" << escaped(Records[I].Name) << "</a> <span class=\"soft\">"
            << Records[I].SizeBytes << "</span></li>\n";
      Out << "</ul></nav>\n";
    }
    for (std::size_t I = 0; I != Records.size(); ++I) {
      Out << "<section id=\"r" << I << "\">\n";
      record(Records[I]);
      Out << "</section>\n";
    }
    Out << "</body>\n</html>\n";
  }

private:
  void record(const RecordLayout &Record) {
    Out << "<h2>" << (Record.Alias.empty() ? "" : escaped(Record.Alias) + ", alias of ")
        << (Record.Tag == "lambda" ? "" : Record.Tag + " ") << escaped(Record.Name) << "</h2>\n<p class=\"soft\">"
        << escaped(Record.Where.File) << ':' << Record.Where.Line << "</p>\n<p>" << summaryOf(Record) << "</p>\n";
    for (const Reason &R : Record.Reasons)
      Out << "<p class=\"soft\">not standard-layout " << escaped(R.Text) << "</p>\n";
    picture(Record);
    table(Record);
  }

  void picture(const RecordLayout &Record) {
    std::vector<Byte> Bytes(std::min(Record.SizeBytes, MaxPictureBytes));
    for (std::size_t I = 0; I != Record.Root.Children.size(); ++I)
      paint(Record.Root.Children[I], I, Bytes);
    const std::uint64_t Columns = Bytes.size() <= 16 ? 16 : Bytes.size() <= 32 ? 32 : RecordLayout::CacheLineBytes;
    Out << "<div class=\"bytes\" style=\"grid-template-columns: repeat(" << Columns << ", minmax(0, 1fr))\">\n";
    for (std::uint64_t Begin = 0, End = 0; Begin != Bytes.size(); Begin = End) {
      const std::uint64_t RowEnd = std::min<std::uint64_t>((Begin / Columns + 1) * Columns, Bytes.size());
      for (End = Begin + 1; End != RowEnd && Bytes[End] == Bytes[Begin]; ++End)
        ;
      block(Bytes[Begin], Begin, End - Begin);
    }
    Out << "</div>\n";
    if (Bytes.size() < Record.SizeBytes)
      Out << "<p class=\"soft\">and " << counted(Record.SizeBytes - Bytes.size(), "byte") << " more</p>\n";
  }

  void block(const Byte &What, std::uint64_t Offset, std::uint64_t Size) {
    const std::string Name = What.Leaf ? escaped(What.Leaf->Declaration) : "padding";
    Out << "<span style=\"grid-column: span " << Size << "; --hue: " << Hues[What.Direct % std::size(Hues)] << '"'
        << (What.Leaf ? "" : " class=\"hole\"") << " title=\"" << counted(Size, "byte") << " at offset " << Offset
        << ": " << Name << "\">" << (What.Leaf ? escaped(What.Leaf->Name) : "&nbsp;") << "</span>\n";
  }

  void table(const RecordLayout &Record) {
    Out << "<table>\n<tr><th>offset</th><th>size</th><th>what</th></tr>\n";
    std::uint64_t CacheLine = 0;
    for (const Line &L : linesOf(Record, Options.Depth)) {
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
      Out << (L.Gap ? "<tr class=\"hole\">" : "<tr>") << "<td>" << At;
      if (InBits)
        Out << ':' << L.offsetBits() % 8;
      Out << "</td><td>" << (InBits ? counted(Bits, "bit") : std::to_string(Bits / 8))
          << "</td><td style=\"padding-left: " << llvm::format("%.1f", 0.6 + 1.2 * L.Level) << "rem\">";
      if (L.Gap)
        Out << describe(L);
      else
        subobject(*L.Subobject);
      Out << "</td></tr>\n";
    }
    Out << "</table>\n";
  }

  void subobject(const Node &N) {
    std::vector<std::string> Remarks = remarksOn(N);
    if (N.IsInterconvertible)
      Remarks.push_back("pointer-interconvertible with the whole");
    Out << escaped(N.Declaration);
    if (!Remarks.empty())
      Out << " <span class=\"soft\">" << escaped(llvm::join(Remarks, ", ")) << "</span>";
  }

  llvm::raw_ostream &Out;
  const WriteOptions &Options;
};

} // namespace

void writeHtml(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options) {
  Writer(Out, Options).page(Records);
}

} // namespace snug::layout
