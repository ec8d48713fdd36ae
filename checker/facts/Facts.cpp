// Writes and reads the section .snug.facts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Facts.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

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

Value toJson(llvm::ArrayRef<StatedFigure> Stated) {
  llvm::json::Array List;
  for (const StatedFigure &Figure : Stated) {
    Object One{{"name", toString(Figure.Name)}, {"value", static_cast<std::int64_t>(Figure.Value)}};
    put(One, Figure.Where);
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
    if (llvm::Error E = get(Record, Function.Stated))
      return E;
    Result.Functions.push_back(std::move(Function));
    return llvm::Error::success();
  }
  if (std::optional<llvm::StringRef> Name = Record.getString("layout")) {
    StatedLayout Layout;
    Layout.Name = Name->str();
    if (!get(Record, "size", Layout.SizeBytes) || !get(Record, "align", Layout.AlignBytes) ||
        !get(Record, Layout.Where))
      return failure("the layout '" + *Name + "' lacks its size, its alignment or its place");
    if (llvm::Error E = get(Record, Layout.Stated))
      return E;
    Result.Layouts.push_back(std::move(Layout));
    return llvm::Error::success();
  }
  return failure("a record of an unknown kind");
}

} // namespace

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
    Record["stated"] = toJson(Function.Stated);
    OS << Value(std::move(Record)) << '\n';
  }
  for (const StatedLayout &Layout : F.Layouts) {
    Object Record = start("layout", Layout.Name);
    Record["size"] = static_cast<std::int64_t>(Layout.SizeBytes);
    Record["align"] = static_cast<std::int64_t>(Layout.AlignBytes);
    put(Record, Layout.Where);
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
