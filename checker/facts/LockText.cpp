// The text of a lock file: written for diffs, read line by line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Lock.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::facts {
namespace {

using llvm::StringRef;

constexpr StringRef Magic = "snug-lock ";
/// Columns of the numbers in front of a part: fixed, so that one long number does not move the others.
constexpr unsigned NumberWidth = 8;
/// Deeper nesting than any class has; a damaged file must not exhaust the stack.
constexpr std::size_t MaxDepth = 256;

/// Line ends would end the entry.
std::string oneLine(StringRef Text) {
  std::string Result = Text.str();
  for (char &C : Result)
    if (C == '\n' || C == '\r')
      C = ' ';
  return Result;
}

/// "12" in bytes, "12:3" for bit 3 of the byte at 12.
std::string number(std::uint64_t Bits) {
  std::string Text = std::to_string(Bits / 8);
  return Bits % 8 ? Text + ":" + std::to_string(Bits % 8) : Text;
}

StringRef wordOf(LockEntry::Kind What) {
  switch (What) {
  case LockEntry::Kind::Function:
    return "function";
  case LockEntry::Kind::Type:
    return "type";
  case LockEntry::Kind::Coroutine:
    return "coroutine";
  }
  return "";
}

class Writer {
public:
  explicit Writer(llvm::raw_ostream &Out) : Out(Out) {}

  void entry(const LockEntry &E) {
    Out << '\n' << wordOf(E.What) << ' ' << oneLine(E.Name) << '\n';
    if (!E.isType())
      Out << "  symbol " << oneLine(E.Symbol) << '\n';
    Out << (E.IsConfigured ? "  configured target " : "  target ") << E.On.Target << ", compiler " << E.On.Compiler;
    if (!E.On.Optimization.empty())
      Out << ' ' << E.On.Optimization;
    Out << '\n';
    if (E.Where.isValid())
      Out << (E.IsInternal ? "  only in " : "  in ") << oneLine(E.Where.File) << '\n';
    if (E.isType())
      Out << "  size " << E.SizeBytes << ", align " << E.AlignBytes << ", padding " << E.PaddingBytes << '\n';
    for (std::size_t I = 0; I != E.Figures.size(); ++I)
      Out << (I ? ", " : "  ") << E.Figures[I].Name << ' ' << E.Figures[I].Value;
    if (!E.Figures.empty())
      Out << '\n';
    stated(E.Stated);
    parts(E.Parts, 0);
    for (const std::string &Access : E.Accesses)
      Out << "    " << oneLine(Access) << '\n';
  }

private:
  void stated(const std::vector<StatedFigure> &Stated) {
    std::vector<std::string> Words;
    for (const StatedFigure &Figure : Stated)
      Words.push_back(toString(Figure));
    llvm::sort(Words);
    Words.erase(llvm::unique(Words), Words.end());
    if (!Words.empty())
      Out << "  stated " << llvm::join(Words, " ") << '\n';
  }

  void parts(const std::vector<Part> &Parts, unsigned Level) {
    for (const Part &P : Parts) {
      Out << llvm::right_justify(number(P.OffsetBits), NumberWidth) << ' '
          << llvm::right_justify(number(P.SizeBits), NumberWidth);
      Out.indent(2 + 2 * Level) << oneLine(P.Name) << ": " << oneLine(P.Type) << '\n';
      parts(P.Parts, Level + 1);
    }
  }

  llvm::raw_ostream &Out;
};

/// The letters of "path_loads".
bool isOfFigure(char C) { return llvm::isLower(C) || C == '_'; }

bool readBits(StringRef Text, std::uint64_t &Bits) {
  auto [Bytes, Rest] = Text.split(':');
  std::uint64_t More = 0;
  if (Bytes.getAsInteger(10, Bits) || Bits > (1ULL << 60))
    return false;
  if (Rest.data() && Text.contains(':') && (Rest.getAsInteger(10, More) || More == 0 || More > 7))
    return false;
  Bits = Bits * 8 + More;
  return true;
}

/// Reads line by line; the first thing that is wrong ends it.
class Reader {
public:
  Reader(StringRef Text, StringRef FileName) : Text(Text), FileName(FileName) {}

  llvm::Expected<Lock> read() {
    if (llvm::Error E = checkHeader())
      return std::move(E);
    while (next()) {
      if (llvm::any_of(Line, [](char C) { return static_cast<unsigned char>(C) < ' '; }))
        return failure("this line holds a control character");
      if (Line.empty() || Line.starts_with("#"))
        continue;
      if (llvm::Error E = Line.starts_with(" ") ? readDetail() : beginEntry())
        return std::move(E);
    }
    if (llvm::Error E = endEntry())
      return std::move(E);
    llvm::sort(Entries);
    for (std::size_t I = 1; I < Entries.size(); ++I)
      if (isSameEntity(Entries[I - 1], Entries[I])) {
        Number = std::max(Entries[I - 1].Where.Line, Entries[I].Where.Line);
        return failure("'" + Entries[I].Name + "' for " + Entries[I].On.Target + " is here twice");
      }
    for (LockEntry &E : Entries)
      E.Where.Line = 0;
    return std::move(Entries);
  }

private:
  bool next() {
    if (Text.empty())
      return false;
    std::tie(Line, Text) = Text.split('\n');
    Line = Line.rtrim(" \t\r");
    ++Number;
    return true;
  }

  llvm::Error failure(const llvm::Twine &Message) const {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   FileName + ":" + llvm::Twine(Number) + ": " + Message);
  }

  llvm::Error checkHeader() {
    unsigned At = 0;
    for (StringRef Rest = Text; !Rest.empty();) {
      StringRef L;
      std::tie(L, Rest) = Rest.split('\n');
      ++At;
      if (L.starts_with("<<<<<<<") || L.starts_with(">>>>>>>") || L.starts_with("|||||||") ||
          L.rtrim("\r") == "=======") {
        Number = At;
        return failure(
            "the lock file holds an unresolved merge; take either side of it, then run 'snug lock --update'");
      }
    }
    Text.consume_front("\xEF\xBB\xBF");
    if (!next() || !Line.consume_front(Magic)) {
      Number = 1;
      return failure("not a lock file of snug: it begins with '" + Magic + "1' or '" + Magic +
                     llvm::Twine(LockVersion) + "'");
    }
    unsigned Version = 0;
    if (Line.getAsInteger(10, Version) || Version == 0)
      return failure("no version of a lock file stands behind '" + Magic + "'");
    if (Version > LockVersion)
      return failure("a lock file of version " + llvm::Twine(Version) + "; this snug reads up to version " +
                     llvm::Twine(LockVersion) + " and leaves newer ones alone");
    return llvm::Error::success();
  }

  llvm::Error beginEntry() {
    if (llvm::Error E = endEntry())
      return E;
    LockEntry &E = Entries.emplace_back();
    // Where it begins in the lock file, until all is read: for messages.
    E.Where.Line = Number;
    if (Line.consume_front("function "))
      E.What = LockEntry::Kind::Function;
    else if (Line.consume_front("coroutine "))
      E.What = LockEntry::Kind::Coroutine;
    else if (!Line.consume_front("type "))
      return failure("expected 'type NAME', 'function NAME' or 'coroutine NAME', not '" + Line + "'");
    E.Name = Line.trim().str();
    if (E.Name.empty())
      return failure("an entry without a name");
    HasPlatform = HasSize = false;
    Open.clear();
    return llvm::Error::success();
  }

  llvm::Error endEntry() {
    if (Entries.empty())
      return llvm::Error::success();
    const LockEntry &E = Entries.back();
    if (!HasPlatform || (E.isType() && !HasSize) || (!E.isType() && E.Symbol.empty())) {
      Number = E.Where.Line;
      return failure("the entry '" + E.Name + "' lacks its " +
                     (!HasPlatform ? "target"
                      : E.isType() ? "size"
                                   : "symbol"));
    }
    return llvm::Error::success();
  }

  llvm::Error readDetail() {
    if (Entries.empty())
      return failure("a line that belongs to no entry");
    LockEntry &E = Entries.back();
    const StringRef Whole = Line;
    Line = Line.ltrim(' ');
    const std::size_t Indent = Whole.size() - Line.size();
    bool Understood = false;
    if (Indent != 2)
      Understood = E.isType() ? readPart(E) : readAccess(E);
    else if (!HasPlatform && (E.IsConfigured = Line.consume_front("configured "), Line.consume_front("target ")))
      Understood = readPlatform(E);
    else if (E.Where.File.empty() && Line.consume_front("in "))
      Understood = !(E.Where.File = Line.str()).empty();
    else if (E.Where.File.empty() && Line.consume_front("only in "))
      Understood = E.IsInternal = !(E.Where.File = Line.str()).empty();
    else if (E.Stated.empty() && Line.consume_front("stated "))
      Understood = readStated(E);
    else if (!E.isType() && E.Symbol.empty() && Line.consume_front("symbol "))
      Understood = !(E.Symbol = Line.str()).empty();
    else
      Understood = E.isType() ? readSize(E) : readFigures(E);
    if (!Understood)
      return failure("this line means nothing here: '" + Whole.trim() + "'");
    return llvm::Error::success();
  }

  bool readPlatform(LockEntry &E) {
    auto [Target, Rest] = Line.split(", compiler ");
    auto [Compiler, Optimization] = Rest.split(' ');
    if (Target.empty() || Compiler.empty())
      return false;
    E.On = {Target.str(), Compiler.str(), Optimization.str()};
    HasPlatform = true;
    return true;
  }

  bool readStated(LockEntry &E) {
    llvm::SmallVector<StringRef, 4> Words;
    Line.split(Words, ' ', -1, /*KeepEmpty=*/false);
    for (StringRef Word : Words) {
      auto [Figure, Member] = Word.split('@');
      auto [Name, Value] = Figure.split('(');
      std::optional<ExpectationName> Known = parseExpectationName(Name);
      StatedFigure Stated{Known.value_or(ExpectationName{nullptr, Relation::Equal}), 0, {}, Member.str()};
      if (!Known || !Value.consume_back(")") || Value.getAsInteger(10, Stated.Value))
        return false;
      E.Stated.push_back(std::move(Stated));
    }
    return true;
  }

  /// "loads 3, chain 2".
  bool readFigures(LockEntry &E) {
    if (!E.Figures.empty())
      return false;
    llvm::SmallVector<StringRef, 8> Words;
    Line.split(Words, ", ");
    for (StringRef Word : Words) {
      auto [Name, Value] = Word.split(' ');
      Counted Figure{Name.str(), 0};
      if (Name.empty() || Value.getAsInteger(10, Figure.Value) || !llvm::all_of(Name, isOfFigure) ||
          llvm::any_of(E.Figures, [&](const Counted &Other) { return Other.Name == Name; }))
        return false;
      E.Figures.push_back(std::move(Figure));
    }
    return true;
  }

  bool readSize(LockEntry &E) {
    LockEntry Numbers;
    if (HasSize || !readFigures(Numbers) || Numbers.Figures.size() != 3 || Numbers.Figures[0].Name != "size" ||
        Numbers.Figures[1].Name != "align" || Numbers.Figures[2].Name != "padding")
      return false;
    E.SizeBytes = Numbers.Figures[0].Value;
    E.AlignBytes = Numbers.Figures[1].Value;
    E.PaddingBytes = Numbers.Figures[2].Value;
    HasSize = true;
    return true;
  }

  bool readAccess(LockEntry &E) {
    E.Accesses.push_back(Line.str());
    return true;
  }

  /// "8       4  fd: int"; the blanks before the name say the level.
  bool readPart(LockEntry &E) {
    Part P;
    auto [Offset, Rest] = Line.split(' ');
    Rest = Rest.ltrim(' ');
    auto [Size, Named] = Rest.split(' ');
    const StringRef Name = Named.ltrim(' ');
    const std::size_t Blanks = 1 + Named.size() - Name.size();
    if (Blanks < 2 || Blanks % 2 || !readBits(Offset, P.OffsetBits) || !readBits(Size, P.SizeBits))
      return false;
    const std::size_t Level = Blanks / 2 - 1;
    const std::size_t Colon = Name.find(": ");
    if (Level > Open.size() || Level >= MaxDepth || Colon == 0 || Colon == StringRef::npos)
      return false;
    P.Name = Name.take_front(Colon).str();
    P.Type = Name.substr(Colon + 2).str();
    Open.resize(Level);
    // The path is of indices: adding a part may move its neighbours in memory.
    std::vector<Part> *Siblings = &E.Parts;
    for (std::size_t Index : Open)
      Siblings = &(*Siblings)[Index].Parts;
    Siblings->push_back(std::move(P));
    Open.push_back(Siblings->size() - 1);
    return true;
  }

  StringRef Text;
  StringRef FileName;
  StringRef Line;
  unsigned Number = 0;
  Lock Entries;
  std::vector<std::size_t> Open;
  bool HasPlatform = false, HasSize = false;
};

} // namespace

std::string writeLock(Lock Entries) {
  llvm::sort(Entries);
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  const bool HasCoroutines =
      llvm::any_of(Entries, [](const LockEntry &E) { return E.What == LockEntry::Kind::Coroutine; });
  Out << Magic << (HasCoroutines ? LockVersion : 1) << '\n'
      << "# What this project promises, written by 'snug lock --update'. Review changes as you review code.\n";
  Writer W(Out);
  for (const LockEntry &E : Entries)
    W.entry(E);
  return Text;
}

llvm::Expected<Lock> readLock(StringRef Text, StringRef FileName) { return Reader(Text, FileName).read(); }

} // namespace snug::facts
