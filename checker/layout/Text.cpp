// Writes layouts as text in the manner of pahole.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Writers.h"

#include "core/Text.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace snug::layout {
namespace {

constexpr std::size_t Width = 100;
constexpr std::uint64_t LineBits = RecordLayout::CacheLineBytes * 8;

class Writer {
public:
  Writer(llvm::raw_ostream &Out, const WriteOptions &Options) : Out(Out), Options(Options) {}

  void record(const RecordLayout &Record) {
    header(Record);
    Line = 0;
    for (const layout::Line &L : linesOf(Record, Options.Depth)) {
      // That an unnamed bit-field holds nothing goes without saying.
      if (L.Gap && L.Parent->Kind == NodeKind::BitField)
        continue;
      cacheLineMark(L.offsetBits());
      line(L);
    }
    for (const std::string &Name : Record.Uncounted)
      Out << "  padding inside the elements of '" << Name << "' is not counted: there are too many\n";
    Out << "  " << summaryOf(Record) << '\n';
  }

private:
  void header(const RecordLayout &Record) {
    std::string Title = Record.Tag == "lambda" ? Record.Name : Record.Tag + " " + Record.Name;
    // Who asked by an alias did so because the name is long.
    if (!Record.Alias.empty())
      Title = Record.Alias + " = " + shorten(Title, Width - Record.Alias.size() - 3);
    const std::string Place = Record.Where.File + ":" + std::to_string(Record.Where.Line);
    coloured(llvm::raw_ostream::CYAN, Title);
    // The length of the path has no say: the same layout must look the same in every checkout.
    Out << (Title.size() <= 60 ? "  " : "\n  ") << Place << '\n';
    if (!Record.IsStandardLayout) {
      const std::size_t More = Record.Reasons.size() - 1;
      std::string Text = "not standard-layout " + shorten(Record.Reasons.front().Text, 2 * Width - 40);
      if (More)
        Text += " (and " + counted(More, "more reason") + ")";
      paragraph(Text);
    }
    Out << "    offset      size";
    if (llvm::any_of(Record.Root.Children, [](const Node &N) { return N.IsInterconvertible; }))
      Out << "    ([=]: pointer-interconvertible with the whole)";
    Out << '\n';
  }

  /// Breaks between words; what follows the first line is indented further.
  void paragraph(llvm::StringRef Text) {
    std::size_t Column = 0;
    while (!Text.empty()) {
      const auto [Word, Rest] = Text.split(' ');
      if (Column == 0 || Column + 1 + Word.size() > Width) {
        Out << (Column ? "\n    " : "  ");
        Column = Column ? 4 : 2;
      } else {
        Out << ' ';
        ++Column;
      }
      Out << Word;
      Column += Word.size();
      Text = Rest;
    }
    Out << '\n';
  }

  /// Before the first line at or behind the start of a further cache line.
  void cacheLineMark(std::uint64_t OffsetBits) {
    if (OffsetBits / LineBits <= Line)
      return;
    Line = OffsetBits / LineBits;
    const std::uint64_t Ago = OffsetBits % LineBits / 8;
    Out << "  ------------------ cache line " << Line << " at offset " << Line * RecordLayout::CacheLineBytes;
    if (Ago)
      Out << ", " << counted(Ago, "byte") << " ago";
    Out << '\n';
  }

  void line(const layout::Line &L) {
    const std::uint64_t Bits = L.Gap ? L.Gap->Bits.size() : L.Subobject->OccupiedBits;
    const bool IsBitField = L.Subobject && L.Subobject->Kind == NodeKind::BitField;
    Out << llvm::right_justify(position(L.offsetBits(), Bits, IsBitField), 10)
        << llvm::right_justify(IsBitField || Bits % 8 ? std::to_string(Bits) + (Bits == 1 ? " bit" : " bits")
                                                      : std::to_string(Bits / 8),
                               10);
    const unsigned Indent = 2 + 2 * L.Level;
    Out.indent(Indent);
    if (L.Gap) {
      coloured(llvm::raw_ostream::YELLOW, "-- " + describe(L));
    } else {
      const std::string Remarks = remarks(*L.Subobject);
      const std::size_t Taken = 20 + Indent + (Remarks.empty() ? 0 : 2 + Remarks.size());
      Out << shorten(L.Subobject->Declaration, Taken < Width ? Width - Taken : 0);
      if (!Remarks.empty())
        Out << "  " << Remarks;
    }
    Out << '\n';
  }

  /// "12" for bytes, "12:3-7" (from bit 3 through bit 7 of the byte at 12) for bits.
  static std::string position(std::uint64_t Offset, std::uint64_t Bits, bool IsBitField) {
    std::string Text = std::to_string(Offset / 8);
    if (!IsBitField && Offset % 8 == 0 && Bits % 8 == 0)
      return Text;
    Text += ":" + std::to_string(Offset % 8);
    return Bits < 2 ? Text : Text + "-" + std::to_string(Offset % 8 + Bits - 1);
  }

  static std::string remarks(const Node &N) {
    std::vector<std::string> All = remarksOn(N);
    if (N.IsInterconvertible)
      All.insert(All.begin(), "=");
    return All.empty() ? std::string() : "[" + llvm::join(All, ", ") + "]";
  }

  void coloured(llvm::raw_ostream::Colors Colour, const std::string &Text) {
    if (Options.Colour)
      Out.changeColor(Colour, /*Bold=*/Colour == llvm::raw_ostream::CYAN);
    Out << Text;
    if (Options.Colour)
      Out.resetColor();
  }

  llvm::raw_ostream &Out;
  const WriteOptions &Options;
  std::uint64_t Line = 0;
};

} // namespace

void writeText(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options) {
  Writer W(Out, Options);
  bool First = true;
  for (const RecordLayout &Record : Records) {
    if (!First)
      Out << '\n';
    First = false;
    W.record(Record);
  }
}

} // namespace snug::layout
