// Facts as records: lines of JSON, one for each function, layout and coroutine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Block.h"
#include "facts/Facts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include <tuple>

namespace snug::facts {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// Deeper nesting than any class has; a hostile section must not exhaust the stack.
constexpr unsigned MaxDepth = 200;

/// Most of a record lies in one file, so a place without one is in that of the record.
void put(Object &To, const Location &Where, llvm::StringRef RecordFile) {
  if (Where.File != RecordFile)
    To["file"] = llvm::json::fixUTF8(Where.File);
  To["line"] = Where.Line;
  To["column"] = Where.Column;
}

void put(Object &To, const Platform &On) {
  To["target"] = On.Target;
  To["compiler"] = On.Compiler;
  if (!On.Optimization.empty())
    To["optimization"] = On.Optimization;
}

std::int64_t number(std::uint64_t N) { return static_cast<std::int64_t>(N); }

Value toJson(llvm::ArrayRef<StatedFigure> Stated, llvm::StringRef File) {
  Array List;
  for (const StatedFigure &Figure : Stated) {
    Object One{{"name", toString(Figure.Name)}, {"value", number(Figure.Value)}};
    put(One, Figure.Where, File);
    if (!Figure.Member.empty())
      One["member"] = llvm::json::fixUTF8(Figure.Member);
    List.push_back(std::move(One));
  }
  return List;
}

Value toJson(llvm::ArrayRef<Part> Parts, llvm::StringRef File) {
  Array List;
  for (const Part &P : Parts) {
    Object One{{"name", llvm::json::fixUTF8(P.Name)},
               {"type", llvm::json::fixUTF8(P.Type)},
               {"offset", number(P.OffsetBits)},
               {"size", number(P.SizeBits)}};
    put(One, P.Where, File);
    if (!P.Parts.empty())
      One["parts"] = toJson(P.Parts, File);
    List.push_back(std::move(One));
  }
  return List;
}

Value toJson(llvm::ArrayRef<FrameResident> Residents, llvm::StringRef File) {
  Array List;
  for (const FrameResident &R : Residents) {
    Object One{
        {"what", llvm::json::fixUTF8(R.What)}, {"type", llvm::json::fixUTF8(R.Type)}, {"size", number(R.SizeBytes)}};
    put(One, R.Where, File);
    if (R.OffsetBytes)
      One["offset"] = number(*R.OffsetBytes);
    List.push_back(std::move(One));
  }
  return List;
}

Value toJson(llvm::ArrayRef<FrameSuspension> Points, llvm::StringRef File) {
  Array List;
  for (const FrameSuspension &P : Points) {
    Object One{{"kind", P.Kind}};
    put(One, P.Where, File);
    if (!P.Alive.empty())
      One["alive"] = Array(P.Alive);
    List.push_back(std::move(One));
  }
  return List;
}

/// What each kind of record begins with.
Object start(const char *Kind, llvm::StringRef Name, const Platform &On, const Location &Where, bool IsInternal,
             llvm::ArrayRef<StatedFigure> Stated) {
  Object Record{{Kind, llvm::json::fixUTF8(Name)}};
  put(Record, On);
  put(Record, Where, "");
  if (IsInternal)
    Record["internal"] = true;
  Record["stated"] = toJson(Stated, Where.File);
  return Record;
}

bool get(const Object &From, llvm::StringRef Key, std::uint64_t &To) {
  std::optional<std::int64_t> Found = From.getInteger(Key);
  if (!Found || *Found < 0)
    return false;
  To = static_cast<std::uint64_t>(*Found);
  return true;
}

bool get(const Object &From, llvm::StringRef Key, std::string &To) {
  std::optional<llvm::StringRef> Found = From.getString(Key);
  if (Found)
    To = Found->str();
  return Found.has_value();
}

bool get(const Object &From, Location &To, llvm::StringRef RecordFile) {
  std::uint64_t Line = 0;
  std::uint64_t Column = 0;
  if (!get(From, "line", Line) || !get(From, "column", Column))
    return false;
  To.File = From.getString("file").value_or(RecordFile).str();
  To.Line = static_cast<unsigned>(Line);
  To.Column = static_cast<unsigned>(Column);
  return true;
}

bool get(const Object &From, Platform &To) {
  To.Optimization = From.getString("optimization").value_or("").str();
  return get(From, "target", To.Target) && get(From, "compiler", To.Compiler);
}

bool get(const Array *From, std::vector<Part> &To, llvm::StringRef File) {
  if (!From)
    return true;
  for (const Value &Element : *From) {
    const Object *One = Element.getAsObject();
    Part &P = To.emplace_back();
    if (!One || !get(*One, "name", P.Name) || !get(*One, "type", P.Type) || !get(*One, "offset", P.OffsetBits) ||
        !get(*One, "size", P.SizeBits) || !get(*One, P.Where, File) || !get(One->getArray("parts"), P.Parts, File))
      return false;
  }
  return true;
}

bool get(const Array *From, std::vector<FrameResident> &To, llvm::StringRef File) {
  if (!From)
    return true;
  for (const Value &Element : *From) {
    const Object *One = Element.getAsObject();
    FrameResident &R = To.emplace_back();
    if (!One || !get(*One, "what", R.What) || !get(*One, "type", R.Type) || !get(*One, "size", R.SizeBytes) ||
        !get(*One, R.Where, File))
      return false;
    if (std::uint64_t Offset = 0; get(*One, "offset", Offset))
      R.OffsetBytes = Offset;
  }
  return true;
}

bool get(const Array *From, std::size_t ResidentCount, std::vector<FrameSuspension> &To, llvm::StringRef File) {
  if (!From)
    return true;
  for (const Value &Element : *From) {
    const Object *One = Element.getAsObject();
    FrameSuspension &P = To.emplace_back();
    if (!One || !get(*One, "kind", P.Kind) || !get(*One, P.Where, File))
      return false;
    if (const Array *Alive = One->getArray("alive"))
      for (const Value &Index : *Alive) {
        const std::optional<std::uint64_t> Found = Index.getAsUINT64();
        if (!Found || *Found >= ResidentCount)
          return false;
        P.Alive.push_back(static_cast<std::uint32_t>(*Found));
      }
  }
  return true;
}

llvm::Error get(const Object &From, std::vector<StatedFigure> &To, llvm::StringRef File) {
  const Array *List = From.getArray("stated");
  if (!List)
    return damage("a record states nothing");
  for (const Value &Element : *List) {
    const Object *One = Element.getAsObject();
    std::string Name;
    if (!One || !get(*One, "name", Name))
      return damage("a stated figure has no name");
    std::optional<ExpectationName> Known = parseExpectationName(Name);
    if (!Known)
      return damage("'" + llvm::Twine(Name) + "' is not the name of an expectation");
    StatedFigure Figure{*Known, 0, {}};
    if (!get(*One, "value", Figure.Value) || !get(*One, Figure.Where, File))
      return damage("the stated figure '" + llvm::Twine(Name) + "' lacks its value or its place");
    Figure.Member = One->getString("member").value_or("").str();
    To.push_back(std::move(Figure));
  }
  return llvm::Error::success();
}

llvm::Error readFunction(const Object &Record, llvm::StringRef Name, Facts &Result) {
  FunctionExpectation Function{Name.str(), Record.getBoolean("discardable").value_or(false), {}};
  Function.IsInternal = Record.getBoolean("internal").value_or(false);
  if (!get(Record, Function.On) || !get(Record, Function.Where, ""))
    return damage("the function '" + Name + "' lacks its target or its place");
  if (llvm::Error E = get(Record, Function.Stated, Function.Where.File))
    return E;
  Result.Functions.push_back(std::move(Function));
  return llvm::Error::success();
}

llvm::Error readLayout(const Object &Record, llvm::StringRef Name, llvm::StringRef Unit, Facts &Result) {
  StatedLayout Layout;
  Layout.Name = Name.str();
  Layout.Unit = Unit.str();
  Layout.IsInternal = Record.getBoolean("internal").value_or(false);
  if (!get(Record, "size", Layout.SizeBytes) || !get(Record, "align", Layout.AlignBytes) ||
      !get(Record, "padding", Layout.PaddingBytes) || !get(Record, Layout.On) || !get(Record, Layout.Where, ""))
    return damage("the layout '" + Name + "' lacks its size, its alignment, its target or its place");
  if (!get(Record.getArray("parts"), Layout.Parts, Layout.Where.File))
    return damage("a part of the layout '" + Name + "' lacks its name, its type, its offset or its size");
  if (llvm::Error E = get(Record, Layout.Stated, Layout.Where.File))
    return E;
  Result.Layouts.push_back(std::move(Layout));
  return llvm::Error::success();
}

llvm::Error readCoroutine(const Object &Record, llvm::StringRef Name, llvm::StringRef Unit, Facts &Result) {
  CoroutineFrame Frame;
  Frame.Mangled = Name.str();
  Frame.Unit = Unit.str();
  Frame.IsInternal = Record.getBoolean("internal").value_or(false);
  Frame.IsPromised = Record.getBoolean("promised").value_or(false);
  if (!get(Record, "size", Frame.SizeBytes) || !get(Record, "align", Frame.AlignBytes) ||
      !get(Record, "at_least", Frame.AtLeastBytes) || !get(Record, "promise", Frame.Promise) ||
      !get(Record, "promise_size", Frame.PromiseBytes) || !get(Record, Frame.On) || !get(Record, Frame.Where, ""))
    return damage("the coroutine '" + Name + "' lacks the size of its frame, its promise, its target or its place");
  if (!get(Record.getArray("residents"), Frame.Residents, Frame.Where.File) ||
      !get(Record.getArray("points"), Frame.Residents.size(), Frame.Points, Frame.Where.File))
    return damage("the coroutine '" + Name + "' has a resident or a suspension point that lacks something");
  if (const Array *Callers = Record.getArray("elided_in"))
    for (const Value &Caller : *Callers)
      Frame.ElidedIn.push_back(Caller.getAsString().value_or("").str());
  if (llvm::Error E = get(Record, Frame.Stated, Frame.Where.File))
    return E;
  Result.Coroutines.push_back(std::move(Frame));
  return llvm::Error::success();
}

/// How deep the brackets outside of strings go: the parser recurses as deep.
unsigned depthOf(llvm::StringRef Line) {
  unsigned Depth = 0, Deepest = 0;
  bool InString = false;
  for (std::size_t I = 0; I != Line.size(); ++I) {
    const char C = Line[I];
    if (InString && C == '\\')
      I += I + 1 != Line.size();
    else if (C == '"')
      InString = !InString;
    else if (!InString && (C == '[' || C == '{'))
      Deepest = std::max(Deepest, ++Depth);
    else if (!InString && (C == ']' || C == '}') && Depth)
      --Depth;
  }
  return Deepest;
}

template <typename List, typename Key> void sortBy(List &Records, Key KeyOf) {
  llvm::sort(Records, [&](const auto &A, const auto &B) { return KeyOf(A) < KeyOf(B); });
}

} // namespace

std::string recordsOf(Facts F) {
  auto Symbol = [](const auto &Record) { return llvm::StringRef(Record.Mangled); };
  sortBy(F.Functions, Symbol);
  sortBy(F.Coroutines, Symbol);
  sortBy(F.Layouts, [](const StatedLayout &L) {
    return std::tuple(llvm::StringRef(L.Name), llvm::StringRef(L.Where.File), L.Where.Line, L.Where.Column);
  });
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const FunctionExpectation &Function : F.Functions) {
    Object Record =
        start("function", Function.Mangled, Function.On, Function.Where, Function.IsInternal, Function.Stated);
    if (Function.MayBeDiscarded)
      Record["discardable"] = true;
    OS << Value(std::move(Record)) << '\n';
  }
  for (const StatedLayout &Layout : F.Layouts) {
    Object Record = start("layout", Layout.Name, Layout.On, Layout.Where, Layout.IsInternal, Layout.Stated);
    Record["size"] = number(Layout.SizeBytes);
    Record["align"] = number(Layout.AlignBytes);
    Record["padding"] = number(Layout.PaddingBytes);
    Record["parts"] = toJson(Layout.Parts, Layout.Where.File);
    OS << Value(std::move(Record)) << '\n';
  }
  for (const CoroutineFrame &Frame : F.Coroutines) {
    Object Record = start("coroutine", Frame.Mangled, Frame.On, Frame.Where, Frame.IsInternal, Frame.Stated);
    Record["size"] = number(Frame.SizeBytes);
    Record["align"] = number(Frame.AlignBytes);
    Record["at_least"] = number(Frame.AtLeastBytes);
    Record["promise"] = llvm::json::fixUTF8(Frame.Promise);
    Record["promise_size"] = number(Frame.PromiseBytes);
    if (Frame.IsPromised)
      Record["promised"] = true;
    if (!Frame.Residents.empty())
      Record["residents"] = toJson(Frame.Residents, Frame.Where.File);
    Record["points"] = toJson(Frame.Points, Frame.Where.File);
    if (!Frame.ElidedIn.empty())
      Record["elided_in"] = Array(Frame.ElidedIn);
    OS << Value(std::move(Record)) << '\n';
  }
  return Text;
}

std::string write(Facts F) {
  const std::string Text = recordsOf(std::move(F));
  return Text.empty() ? Text : writeBlock(Text);
}

llvm::Error FactsReader::addLine(llvm::StringRef Line, unsigned FormVersion, llvm::StringRef Unit) {
  if (Line.trim().empty())
    return llvm::Error::success();
  if (Line.contains("\"layout\"") || Line.contains("\"coroutine\"")) {
    const llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Line));
    if (!Seen.insert({Hash.high64, Hash.low64}).second)
      return llvm::Error::success();
  }
  if (depthOf(Line) > MaxDepth)
    return damage("malformed record: it is nested more than " + llvm::Twine(MaxDepth) + " levels deep");
  llvm::Expected<Value> Parsed = llvm::json::parse(Line);
  if (!Parsed)
    return damage("malformed record: " + llvm::toString(Parsed.takeError()));
  const Object *Record = Parsed->getAsObject();
  if (!Record)
    return damage("malformed record: not an object");
  if (FormVersion < 3) {
    // Before there were blocks each record named its version.
    const std::optional<std::int64_t> Own = Record->getInteger("snug");
    if (!Own)
      return damage("a record without a version");
    if (*Own != OldestVersion)
      return damage("facts of version " + llvm::Twine(*Own) + "; this snug reads versions " +
                    llvm::Twine(OldestVersion) + " to " + llvm::Twine(Version));
  }
  if (std::optional<llvm::StringRef> Name = Record->getString("function"))
    return readFunction(*Record, *Name, Read);
  if (std::optional<llvm::StringRef> Name = Record->getString("layout"))
    return readLayout(*Record, *Name, Unit, Read);
  if (std::optional<llvm::StringRef> Name = Record->getString("coroutine"))
    return readCoroutine(*Record, *Name, Unit, Read);
  return damage("a record of an unknown kind");
}

llvm::Error FactsReader::add(llvm::StringRef Section, llvm::StringRef Unit) {
  for (;;) {
    // Linkers may fill up between two sections.
    Section = Section.ltrim('\0');
    if (Section.empty())
      return llvm::Error::success();
    if (!Section.starts_with(BlockMagic)) {
      llvm::StringRef Line;
      std::tie(Line, Section) = Section.split('\n');
      if (llvm::Error E = addLine(Line, OldestVersion, Unit))
        return E;
      continue;
    }
    llvm::Expected<Block> Next = takeBlock(Section);
    if (!Next)
      return Next.takeError();
    for (llvm::StringRef Text = Next->Text, Line; !Text.empty();) {
      std::tie(Line, Text) = Text.split('\n');
      if (llvm::Error E = addLine(Line, Next->Version, Unit))
        return E;
    }
  }
}

llvm::Expected<Facts> read(llvm::StringRef Section) {
  FactsReader R;
  if (llvm::Error E = R.add(Section))
    return std::move(E);
  return R.take();
}

} // namespace snug::facts
