// Findings for people, in the form Clang's users know.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/Report.h"
#include "report/SourceLines.h"

namespace snug::report {
namespace {

using llvm::raw_ostream;
using llvm::StringRef;

class TextWriter {
public:
  TextWriter(raw_ostream &OS, bool Colour) : OS(OS), Colour(Colour) {}

  void write(const Finding &F) {
    message(F.Where, toString(F.Severity), colourOf(F.Severity), F.Message + " [snug-" + F.RuleId + "]");
    snippet(F.Where, F.FixIts);
    for (const Reason &R : F.Reasons) {
      message(R.Where, "note", raw_ostream::BLACK, R.Text);
      snippet(R.Where, R.FixIts);
    }
  }

private:
  static raw_ostream::Colors colourOf(Level L) {
    switch (L) {
    case Level::Error:
      return raw_ostream::RED;
    case Level::Warning:
      return raw_ostream::MAGENTA;
    case Level::Note:
    case Level::Remark:
      break;
    }
    return raw_ostream::BLUE;
  }

  void change(raw_ostream::Colors C, bool Bold) {
    if (Colour)
      OS.changeColor(C, Bold);
  }
  void reset() {
    if (Colour)
      OS.resetColor();
  }

  void message(const Location &Where, const char *Kind, raw_ostream::Colors KindColour, const std::string &Text) {
    change(raw_ostream::SAVEDCOLOR, true);
    if (Where.isValid()) {
      OS << Where.File << ':';
      if (Where.Line)
        OS << Where.Line << ':' << Where.Column << ':';
      OS << ' ';
    }
    change(KindColour, true);
    OS << Kind << ": ";
    reset();
    change(raw_ostream::SAVEDCOLOR, KindColour != raw_ostream::BLACK);
    OS << Text;
    reset();
    OS << '\n';
  }

  /// The source line, a caret below it, and what a fix-it would put there below that.
  void snippet(const Location &Where, const std::vector<Replacement> &FixIts) {
    StringRef Line = Lines.line(Where);
    if (Line.empty() || !Where.Column || Where.Column > Line.size() + 1)
      return;
    std::string Number = std::to_string(Where.Line);
    std::string Margin(Number.size() < 5 ? 5 - Number.size() : 0, ' ');
    std::string Empty(Margin.size() + Number.size(), ' ');
    OS << Margin << Number << " | " << Line << '\n' << Empty << " | " << indentation(Line, Where.Column);
    change(raw_ostream::GREEN, true);
    OS << '^';
    reset();
    OS << '\n';
    // Insertions side by side, as they will stand; what would overlap starts a line of its own.
    std::string Below;
    for (const Replacement &Fix : FixIts) {
      if (Fix.Begin.File != Where.File || Fix.Begin.Line != Where.Line || !Fix.Begin.Column ||
          Fix.Begin.Column > Line.size() + 1 || StringRef(Fix.Text).contains('\n'))
        continue;
      std::string Blanks = indentation(Line, Fix.Begin.Column);
      if (Below.size() > Blanks.size())
        flush(Empty, Below);
      Below += Blanks.substr(Below.size()) + Fix.Text;
    }
    flush(Empty, Below);
  }

  void flush(StringRef Margin, std::string &Below) {
    if (Below.empty())
      return;
    OS << Margin << " | ";
    change(raw_ostream::GREEN, false);
    OS << Below;
    reset();
    OS << '\n';
    Below.clear();
  }

  /// Blanks up to `Column`; tabs stay tabs, so that the caret stands below its character, and the bytes that continue a
  /// UTF-8 character take no place.
  static std::string indentation(StringRef Line, unsigned Column) {
    std::string Blanks;
    for (char C : Line.take_front(Column - 1))
      if ((static_cast<unsigned char>(C) & 0xC0u) != 0x80u)
        Blanks += C == '\t' ? '\t' : ' ';
    return Blanks;
  }

  raw_ostream &OS;
  bool Colour;
  SourceLines Lines;
};

} // namespace

void writeText(raw_ostream &OS, llvm::ArrayRef<Finding> Findings, bool Colour) {
  if (Colour)
    OS.enable_colors(true);
  TextWriter Writer(OS, Colour);
  for (const Finding &F : Findings)
    if (F.Result != Verdict::Holds)
      Writer.write(F);
}

} // namespace snug::report
