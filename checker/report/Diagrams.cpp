// Pictures of figures: where loads lead, and how a figure moved. Parts of pages.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Diagrams.h"

#include "core/Html.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

namespace snug::report {
namespace {

using html::escaped;

constexpr llvm::StringLiteral Style = R"css(
.chain, .chain ul { list-style: none; margin: 0; padding: 0; }
.chain { margin: .5rem 0 .8rem; font: 12px/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.chain li { display: flex; align-items: flex-start; } .chain > li { margin-bottom: .5rem; }
.chain li li { position: relative; padding-left: 1.6rem; }
.chain li li::before { content: "→"; position: absolute; left: .4rem; top: .25rem; color: var(--soft); }
.chain span { border: 1px solid var(--soft); border-radius: 3px; padding: .05rem .45rem; margin: .15rem 0; white-space: nowrap; }
.chain span.root { border-style: dashed; background: none; } .chain span.store { border-width: 2px; border-color: var(--ink); }
.chain .d1, .chain .d2, .chain .d3, .chain .d4, .chain .d5 { background: hsl(var(--h) var(--tone) var(--tint)); }
.d1 { --h: 212; } .d2 { --h: 184; } .d3 { --h: 42; } .d4 { --h: 22; } .d5 { --h: 0; }
.steps { display: block; width: min(100%, 40rem); height: auto; overflow: visible; font: 11px ui-monospace, "DejaVu Sans Mono", monospace; }
.steps path { fill: none; stroke: var(--link); stroke-width: 2; } .steps .axis { stroke: var(--line); stroke-width: 1; }
.steps circle { fill: var(--link); } .steps text { fill: var(--ink); text-anchor: middle; } .steps .label { fill: var(--soft); }
)css";

/// A root, or a load at an offset from what the node above yielded.
struct Link {
  std::string Name;
  unsigned Loads = 0, Stores = 0;
  std::vector<Link> Next;
};

/// "arg0→[x→8]+4→0" at the arrows that stand in no brackets.
llvm::SmallVector<llvm::StringRef, 4> splitPath(llvm::StringRef Path) {
  static constexpr llvm::StringLiteral Arrow = "→";
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  unsigned Depth = 0;
  std::size_t Begin = 0;
  for (std::size_t I = 0; I < Path.size();) {
    const char C = Path[I];
    Depth += C == '(' || C == '[' || C == '<';
    Depth -= (C == ')' || C == ']' || (C == '>' && (I == 0 || Path[I - 1] != '-'))) && Depth;
    if (!Depth && Path.substr(I).starts_with(Arrow)) {
      Parts.push_back(Path.slice(Begin, I));
      I = Begin = I + Arrow.size();
      continue;
    }
    ++I;
  }
  Parts.push_back(Path.substr(Begin));
  return Parts;
}

void add(std::vector<Link> &Roots, const ChainAccess &A) {
  std::vector<Link> *Level = &Roots;
  Link *Last = nullptr;
  for (llvm::StringRef Part : splitPath(A.Path)) {
    auto Known = llvm::find_if(*Level, [&](const Link &L) { return L.Name == Part; });
    if (Known == Level->end()) {
      Level->push_back({Part.str(), 0, 0, {}});
      Known = std::prev(Level->end());
    }
    Last = &*Known;
    Level = &Last->Next;
  }
  ++(A.IsStore ? Last->Stores : Last->Loads);
}

void write(llvm::raw_ostream &Out, const Link &L, unsigned Depth) {
  const bool IsRoot = Depth == 0 && !L.Loads && !L.Stores;
  Out << "<li><span class=\"";
  if (IsRoot)
    Out << "root";
  else
    Out << 'd' << std::min(std::max(Depth, 1U), 5U) << (L.Stores ? " store" : "");
  Out << "\">" << escaped(L.Name);
  if (L.Stores)
    Out << (L.Loads ? " loaded, stored" : " stored");
  const unsigned Times = std::max(L.Loads, L.Stores);
  if (Times > 1)
    Out << " ×" << Times;
  Out << "</span>";
  if (!L.Next.empty()) {
    Out << "<ul>";
    for (const Link &Next : L.Next)
      write(Out, Next, Depth + 1);
    Out << "</ul>";
  }
  Out << "</li>\n";
}

} // namespace

void writeChains(llvm::raw_ostream &Out, llvm::ArrayRef<ChainAccess> Accesses) {
  if (Accesses.empty())
    return;
  std::vector<Link> Roots;
  for (const ChainAccess &A : Accesses.take_front(MostAccesses))
    add(Roots, A);
  Out << "<div class=\"scroll\"><ul class=\"chain\" aria-label=\"chains of loads\">\n";
  for (const Link &Root : Roots)
    write(Out, Root, 0);
  Out << "</ul></div>\n";
  if (Accesses.size() > MostAccesses)
    Out << "<p class=\"soft\">and " << Accesses.size() - MostAccesses << " accesses more</p>\n";
}

void writeSteps(llvm::raw_ostream &Out, const Series &S, llvm::ArrayRef<std::string> Labels) {
  constexpr unsigned Left = 30, Width = 620, Top = 22, Height = 96, Bottom = Top + Height, LetterWidth = 7;
  constexpr std::size_t LongestLabel = 18;
  const std::size_t Count = S.Values.size();
  std::uint64_t Most = 1;
  for (const std::optional<std::uint64_t> &V : S.Values)
    Most = std::max(Most, V.value_or(0));
  auto X = [&](std::size_t I) {
    return Count < 2 ? Left + Width / 2 : Left + static_cast<unsigned>(I * (Width - 2 * Left) / (Count - 1));
  };
  auto Y = [&](std::uint64_t V) {
    return Bottom - static_cast<unsigned>(static_cast<double>(V) / static_cast<double>(Most) * Height);
  };
  Out << "<svg class=\"steps\" viewBox=\"0 0 " << Width << ' ' << Bottom + 22 << "\" role=\"img\" aria-label=\""
      << escaped(S.Name) << " over time\">\n<path class=\"axis\" d=\"M0 " << Bottom << "H" << Width << "\"/><path d=\"";
  for (std::size_t I = 0; I != Count; ++I)
    if (S.Values[I]) {
      if (I == 0 || !S.Values[I - 1])
        Out << 'M' << X(I) << ' ' << Y(*S.Values[I]);
      else
        Out << 'H' << X(I) << 'V' << Y(*S.Values[I]);
    }
  Out << "\"/>\n";
  // Labels that would run into each other are left out; the table below has them all.
  std::size_t Longest = 1;
  for (const std::string &Label : Labels)
    Longest = std::max(Longest, std::min(Label.size(), LongestLabel));
  const std::size_t Every = (Count * (Longest + 2) * LetterWidth + Width - 1) / Width;
  for (std::size_t I = 0; I != Count; ++I) {
    if (I % Every == 0 || I + 1 == Count)
      Out << "<text class=\"label\" x=\"" << X(I) << "\" y=\"" << Bottom + 16 << "\">"
          << escaped(llvm::StringRef(Labels[I]).take_front(LongestLabel)) << "</text>";
    if (!S.Values[I])
      continue;
    Out << "<circle cx=\"" << X(I) << "\" cy=\"" << Y(*S.Values[I]) << "\" r=\"3\"><title>" << escaped(Labels[I])
        << ": " << *S.Values[I] << "</title></circle>";
    if (I == 0 || !S.Values[I - 1] || *S.Values[I - 1] != *S.Values[I])
      Out << "<text x=\"" << X(I) << "\" y=\"" << Y(*S.Values[I]) - 8 << "\">" << *S.Values[I] << "</text>";
  }
  Out << "\n</svg>\n";
}

llvm::StringRef diagramStyle() { return Style; }

} // namespace snug::report
