// Writes and reads the section .snug.facts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Facts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

#include <tuple>

namespace snug::facts {
namespace {

using llvm::json::Object;
using llvm::json::Value;

Object start(const char *Kind, llvm::StringRef Name) {
  return Object{{"snug", Version}, {Kind, llvm::json::fixUTF8(Name)}};
}

void put(Object &To, const Location &Where) {
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

Value toJson(llvm::ArrayRef<StatedFigure> Stated) {
  llvm::json::Array List;
  for (const StatedFigure &Figure : Stated) {
    Object One{{"name", toString(Figure.Name)}, {"value", static_cast<std::int64_t>(Figure.Value)}};
    put(One, Figure.Where);
    if (!Figure.Member.empty())
      One["member"] = llvm::json::fixUTF8(Figure.Member);
    List.push_back(std::move(One));
  }
  return List;
}

Value toJson(llvm::ArrayRef<Part> Parts) {
  llvm::json::Array List;
  for (const Part &P : Parts) {
    Object One{{"name", llvm::json::fixUTF8(P.Name)},
               {"type", llvm::json::fixUTF8(P.Type)},
               {"offset", static_cast<std::int64_t>(P.OffsetBits)},
               {"size", static_cast<std::int64_t>(P.SizeBits)}};
    put(One, P.Where);
    if (!P.Parts.empty())
      One["parts"] = toJson(P.Parts);
    List.push_back(std::move(One));
  }
  return List;
}

llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), SectionName + ": " + Message);
}

bool get(const Object &From, llvm::StringRef Key, std::uint64_t &To) {
  std::optional<std::int64_t> Found = From.getInteger(Key);
  if (!Found || *Found < 0)
    return false;
  To = static_cast<std::uint64_t>(*Found);
  return true;
}

bool get(const Object &From, Location &To) {
  std::optional<llvm::StringRef> File = From.getString("file");
  std::uint64_t Line = 0;
  std::uint64_t Column = 0;
  if (!File || !get(From, "line", Line) || !get(From, "column", Column))
    return false;
  To.File = File->str();
  To.Line = static_cast<unsigned>(Line);
  To.Column = static_cast<unsigned>(Column);
  return true;
}

bool get(const Object &From, Platform &To) {
  std::optional<llvm::StringRef> Target = From.getString("target");
  std::optional<llvm::StringRef> Compiler = From.getString("compiler");
  if (!Target || !Compiler)
    return false;
  To = {Target->str(), Compiler->str(), From.getString("optimization").value_or("").str()};
  return true;
}

bool get(const llvm::json::Array *From, std::vector<Part> &To) {
  if (!From)
    return true;
  for (const Value &Element : *From) {
    const Object *One = Element.getAsObject();
    std::optional<llvm::StringRef> Name = One ? One->getString("name") : std::nullopt;
    std::optional<llvm::StringRef> Type = One ? One->getString("type") : std::nullopt;
    if (!Name || !Type)
      return false;
    Part &P = To.emplace_back();
    P.Name = Name->str();
    P.Type = Type->str();
    if (!get(*One, "offset", P.OffsetBits) || !get(*One, "size", P.SizeBits) || !get(*One, P.Where) ||
        !get(One->getArray("parts"), P.Parts))
      return false;
  }
  return true;
}

llvm::Error get(const Object &From, std::vector<StatedFigure> &To) {
  const llvm::json::Array *List = From.getArray("stated");
  if (!List)
    return failure("a record states nothing");
  for (const Value &Element : *List) {
    const Object *One = Element.getAsObject();
    std::optional<llvm::StringRef> Name = One ? One->getString("name") : std::nullopt;
    if (!Name)
      return failure("a stated figure has no name");
    std::optional<ExpectationName> Known = parseExpectationName(*Name);
    if (!Known)
      return failure("'" + *Name + "' is not the name of an expectation");
    StatedFigure Figure{*Known, 0, {}};
    if (!get(*One, "value", Figure.Value) || !get(*One, Figure.Where))
      return failure("the stated figure '" + *Name + "' lacks its value or its place");
    Figure.Member = One->getString("member").value_or("").str();
    To.push_back(std::move(Figure));
  }
  return llvm::Error::success();
}

llvm::Error readRecord(const Object &Record, Facts &Result) {
  std::optional<std::int64_t> Found = Record.getInteger("snug");
  if (!Found)
    return failure("a record without a version");
  if (*Found != Version)
    return failure("facts of version " + llvm::Twine(*Found) + "; this program reads version " + llvm::Twine(Version));
  if (std::optional<llvm::StringRef> Name = Record.getString("function")) {
    FunctionExpectation Function{Name->str(), Record.getBoolean("discardable").value_or(false), {}};
    Function.IsInternal = Record.getBoolean("internal").value_or(false);
    if (!get(Record, Function.On) || !get(Record, Function.Where))
      return failure("the function '" + *Name + "' lacks its target or its place");
    if (llvm::Error E = get(Record, Function.Stated))
      return E;
    Result.Functions.push_back(std::move(Function));
    return llvm::Error::success();
  }
  if (std::optional<llvm::StringRef> Name = Record.getString("layout")) {
    StatedLayout Layout;
    Layout.Name = Name->str();
    Layout.IsInternal = Record.getBoolean("internal").value_or(false);
    if (!get(Record, "size", Layout.SizeBytes) || !get(Record, "align", Layout.AlignBytes) ||
        !get(Record, "padding", Layout.PaddingBytes) || !get(Record, Layout.On) || !get(Record, Layout.Where))
      return failure("the layout '" + *Name + "' lacks its size, its alignment, its target or its place");
    if (!get(Record.getArray("parts"), Layout.Parts))
      return failure("a part of the layout '" + *Name + "' lacks its name, its type, its offset or its size");
    if (llvm::Error E = get(Record, Layout.Stated))
      return E;
    Result.Layouts.push_back(std::move(Layout));
    return llvm::Error::success();
  }
  return failure("a record of an unknown kind");
}

} // namespace

std::string targetName(llvm::StringRef Triple) {
  const llvm::Triple T(llvm::Triple::normalize(Triple));
  llvm::StringRef Arch = T.getArchName();
  std::string Name = (Arch.consume_front("thumb") ? "arm" : "") + Arch.str();
  if (T.getVendor() != llvm::Triple::UnknownVendor && T.getVendor() != llvm::Triple::PC)
    Name += ("-" + T.getVendorName()).str();
  const bool HasSystem = T.getOS() != llvm::Triple::UnknownOS;
  Name += "-" + (HasSystem ? llvm::Triple::getOSTypeName(T.getOS()).str() : std::string("none"));
  if (T.getEnvironment() != llvm::Triple::UnknownEnvironment)
    Name += ("-" + llvm::Triple::getEnvironmentTypeName(T.getEnvironment())).str();
  return Name;
}

std::string toString(const StatedFigure &Figure) {
  return toString(Figure.Name) + "(" + std::to_string(Figure.Value) + ")" +
         (Figure.Member.empty() ? "" : "@" + Figure.Member);
}

std::string write(Facts F) {
  llvm::sort(F.Functions,
             [](const FunctionExpectation &A, const FunctionExpectation &B) { return A.Mangled < B.Mangled; });
  llvm::sort(F.Layouts, [](const StatedLayout &A, const StatedLayout &B) {
    return std::tie(A.Name, A.Where.File, A.Where.Line, A.Where.Column) <
           std::tie(B.Name, B.Where.File, B.Where.Line, B.Where.Column);
  });
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const FunctionExpectation &Function : F.Functions) {
    Object Record = start("function", Function.Mangled);
    if (Function.MayBeDiscarded)
      Record["discardable"] = true;
    if (Function.IsInternal)
      Record["internal"] = true;
    put(Record, Function.On);
    put(Record, Function.Where);
    Record["stated"] = toJson(Function.Stated);
    OS << Value(std::move(Record)) << '\n';
  }
  for (const StatedLayout &Layout : F.Layouts) {
    Object Record = start("layout", Layout.Name);
    Record["size"] = static_cast<std::int64_t>(Layout.SizeBytes);
    Record["align"] = static_cast<std::int64_t>(Layout.AlignBytes);
    Record["padding"] = static_cast<std::int64_t>(Layout.PaddingBytes);
    if (Layout.IsInternal)
      Record["internal"] = true;
    put(Record, Layout.On);
    put(Record, Layout.Where);
    Record["parts"] = toJson(Layout.Parts);
    Record["stated"] = toJson(Layout.Stated);
    OS << Value(std::move(Record)) << '\n';
  }
  return Text;
}

llvm::Expected<Facts> read(llvm::StringRef Section) {
  Facts Result;
  while (!Section.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Section) = Section.split('\n');
    // Linkers may fill up between two sections.
    Line = Line.ltrim('\0');
    if (Line.trim().empty())
      continue;
    llvm::Expected<Value> Parsed = llvm::json::parse(Line);
    if (!Parsed)
      return failure("malformed record: " + llvm::toString(Parsed.takeError()));
    const Object *Record = Parsed->getAsObject();
    if (!Record)
      return failure("malformed record: not an object");
    if (llvm::Error E = readRecord(*Record, Result))
      return std::move(E);
  }
  return Result;
}

llvm::Expected<std::vector<FunctionExpectation>> readFacts(llvm::StringRef SectionContents) {
  llvm::Expected<Facts> All = read(SectionContents);
  if (!All)
    return All.takeError();
  return std::move(All->Functions);
}

} // namespace snug::facts
