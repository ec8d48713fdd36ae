// The bytes of an object as a picture: one row per machine word, each byte coloured by its owner.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/ByteMap.h"

#include "core/Html.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace snug::html {
namespace {

/// Bytes in a row.
constexpr std::uint64_t Word = 8;
constexpr std::uint64_t CacheLine = 64;
/// Pixels from one row to the next, as the sheet has them.
constexpr unsigned RowHeight = 24;
/// Rows of one run that are shown before the rest is folded.
constexpr std::uint64_t FoldedAbove = 4;
/// Letters that fit into a byte's cell.
constexpr std::uint64_t LettersPerByte = 5;
/// Arrows further out than this share the last lane.
constexpr unsigned Lanes = 5;
constexpr unsigned LaneWidth = 9;

constexpr llvm::StringLiteral Style = R"css(
.map { display: grid; grid-template-columns: 2.8rem repeat(8, minmax(0, 1fr)); gap: 2px; width: min(100%, 25rem);
  position: relative; margin: .5rem 0; font: 11px/22px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.map.arrows { padding-right: 56px; width: min(100%, 28.5rem); }
.map > * { height: 22px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; font-style: normal; }
.map > b { font-weight: 400; color: var(--soft); text-align: right; padding-right: 8px; }
.map > b.line { box-shadow: inset 0 2px var(--soft); }
.map > i, .legend i { background: hsl(var(--h) var(--tone) var(--tint)); border-radius: 2px; text-align: center; padding: 0 2px; }
.map > i.bp, .legend i.bp { background: var(--bad-soft); color: var(--bad); box-shadow: inset 0 0 0 1.5px var(--bad); }
.map > i.hole, .legend i.hole { background: linear-gradient(135deg, var(--hole) 9%, transparent 9% 50%, var(--hole) 50% 59%, transparent 59%) 0 0 / 7px 7px;
  box-shadow: inset 0 0 0 1px var(--line); }
.map > i.dead, .legend i.dead { background: radial-gradient(circle at center, var(--hole) 1px, transparent 1.6px) 0 0 / 6px 6px;
  box-shadow: inset 0 0 0 1px var(--line); }
.map > i.more { background: none; color: var(--soft); grid-column: 2 / 10; }
.map > i.end { background: none; }
.map > svg { position: absolute; right: 0; top: 0; width: 54px; height: 100%; overflow: visible; fill: none; stroke: var(--bad);
  stroke-width: 1.4; }
.map > svg .head { fill: var(--bad); stroke: none; }
.s2 { grid-column: span 2; } .s3 { grid-column: span 3; } .s4 { grid-column: span 4; } .s5 { grid-column: span 5; }
.s6 { grid-column: span 6; } .s7 { grid-column: span 7; } .s8 { grid-column: span 8; }
.o0 { --h: 212; } .o1 { --h: 152; } .o2 { --h: 42; } .o3 { --h: 278; } .o4 { --h: 184; } .o5 { --h: 22; }
.o6 { --h: 318; } .o7 { --h: 84; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; margin: .6rem 0; font-size: 13px; }
.legend i { display: inline-block; width: 2.2rem; height: 1.1rem; vertical-align: -.2rem; margin-right: .4rem; }
@media print { .map { break-inside: avoid; } }
)css";

/// The class of a run's cells.
std::string classOf(const ByteRun &Run) {
  switch (Run.What) {
  case ByteRun::Kind::Value:
    return "o" + std::to_string(Run.Colour % OwnerColours);
  case ByteRun::Kind::BackPointer:
    return "bp";
  case ByteRun::Kind::Hole:
    return "hole";
  case ByteRun::Kind::Dead:
    return "dead";
  }
  return {};
}

/// One map being written: cells row by row, and where each row stands for the arrows.
class Writer {
public:
  Writer(llvm::raw_ostream &Out, const ByteMap &Map) : Out(Out), Map(Map) {}

  void write() {
    Out << "<div class=\"map" << (Map.Arrows.empty() ? "" : " arrows") << "\" role=\"img\" aria-label=\"byte map\">\n";
    const std::uint64_t Shown = Map.Runs.empty() ? 0 : Map.Runs.back().End;
    std::uint64_t At = 0;
    for (std::size_t I = 0; At < Shown;) {
      while (Map.Runs[I].End <= At)
        ++I;
      if (const std::uint64_t Folded = foldedBytes(Map.Runs[I], At)) {
        Out << "<b></b><i class=\"more\">⋮ " << Folded << " bytes more</i>\n";
        Folds.push_back({At, At + Folded, Row++});
        At += Folded;
        continue;
      }
      row(I, At, Shown);
      At += Word;
    }
    if (Shown < Map.SizeBytes)
      Out << "<b></b><i class=\"more\">and " << Map.SizeBytes - Shown << " bytes that are not shown</i>\n";
    arrows();
    Out << "</div>\n";
  }

private:
  /// How many bytes of the run are folded into one row at `At`, its first row being shown before, its last one after.
  static std::uint64_t foldedBytes(const ByteRun &Run, std::uint64_t At) {
    const std::uint64_t First = (Run.Begin + Word - 1) / Word * Word, Last = Run.End / Word * Word;
    if (Last < First + FoldedAbove * Word || At != First + Word)
      return 0;
    return Last - First - 2 * Word;
  }

  void row(std::size_t I, std::uint64_t At, std::uint64_t Shown) {
    Out << (At && At % CacheLine == 0 ? "<b class=\"line\">" : "<b>") << At << "</b>";
    const std::uint64_t End = std::min(At + Word, Shown);
    Rows.push_back({At, At + Word, Row++});
    for (; At != End; ++I) {
      const std::uint64_t Stop = std::min(Map.Runs[I].End, End);
      cell(Map.Runs[I], At, Stop - At);
      At = Stop;
    }
    if (const std::uint64_t Left = (Word - End % Word) % Word)
      Out << "<i class=\"end s" << Left << "\"></i>";
    Out << '\n';
  }

  void cell(const ByteRun &Run, std::uint64_t At, std::uint64_t Size) {
    Out << "<i class=\"" << classOf(Run);
    if (Size != 1)
      Out << " s" << Size;
    Out << '"';
    // What fits needs no title: the table beside the map has the rest.
    if (At == Run.Begin && Run.Label.size() > Size * LettersPerByte)
      Out << " title=\"" << escaped(Run.Title) << '"';
    Out << '>' << (At == Run.Begin ? escaped(Run.Label) : "") << "</i>";
  }

  struct Place {
    std::uint64_t Begin, End;
    unsigned Row;
  };

  /// The row that shows a byte.
  unsigned rowOf(std::uint64_t Byte) const {
    for (llvm::ArrayRef<Place> Places : {llvm::ArrayRef<Place>(Rows), llvm::ArrayRef<Place>(Folds)})
      for (const Place &P : Places)
        if (P.Begin <= Byte && Byte < P.End)
          return P.Row;
    return Row ? Row - 1 : 0;
  }

  /// Arrows run beside the rows: the shorter ones inside.
  void arrows() {
    if (Map.Arrows.empty())
      return;
    std::vector<Arrow> Sorted = Map.Arrows;
    auto Span = [](const Arrow &A) { return A.From > A.To ? A.From - A.To : A.To - A.From; };
    llvm::sort(Sorted,
               [&](const Arrow &A, const Arrow &B) { return std::pair(Span(A), A.From) < std::pair(Span(B), B.From); });
    Out << "<svg aria-hidden=\"true\">";
    for (std::size_t I = 0; I != Sorted.size(); ++I) {
      const unsigned From = rowOf(Sorted[I].From) * RowHeight + 13;
      const unsigned To = rowOf(Sorted[I].To) * RowHeight + 8;
      const unsigned Right = 10 + LaneWidth * static_cast<unsigned>(std::min<std::size_t>(I, Lanes - 1));
      Out << "<path d=\"M0 " << From << 'H' << Right << 'V' << To << "H7\"/><path class=\"head\" d=\"M1 " << To
          << "l7-3.5v7z\"/>";
    }
    Out << "</svg>";
  }

  llvm::raw_ostream &Out;
  const ByteMap &Map;
  unsigned Row = 0;
  std::vector<Place> Rows, Folds;
};

} // namespace

llvm::StringRef byteMapStyle() { return Style; }

void writeByteMap(llvm::raw_ostream &Out, const ByteMap &Map) { Writer(Out, Map).write(); }

void writeLegend(llvm::raw_ostream &Out) {
  Out << "<ul class=\"legend\" aria-label=\"legend\">\n"
         "<li><i class=\"o0\"></i>bytes of one owner; each owner has a colour, and the table names it</li>\n"
         "<li><i class=\"bp\"></i>back-pointer: leads to a part of the same object</li>\n"
         "<li><i class=\"hole\"></i>padding</li>\n"
         "<li><i class=\"dead\"></i>dead: of an empty subobject, never holds a value</li>\n"
         "</ul>\n";
}

} // namespace snug::html
