// The file of findings that were known when a project took snug up.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Suppressions.h"

#include "core/Yaml.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/YAMLParser.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace snug {

using llvm::StringRef;

namespace {

constexpr std::uint64_t Version = 1;

auto key(const Suppression &S) { return std::tie(S.File, S.Rule, S.Entity, S.Message); }

bool before(const Suppression &A, const Suppression &B) { return key(A) < key(B); }

/// The key of an entry, as an ordered one for maps.
using Key = std::tuple<std::string, std::string, std::string, std::string>;
Key keyOf(const Suppression &S) { return {S.File, S.Rule, S.Entity, S.Message}; }

/// As the file holds it: YAML is UTF-8, whatever bytes somebody put there.
std::string storable(StringRef Text) { return llvm::json::fixUTF8(Text); }

class Reader {
  using Node = YamlFile::Node;

public:
  Reader(StringRef Text, StringRef FileName) : Yaml(Text, FileName) {}

  llvm::Expected<std::vector<Suppression>> read() {
    bool HasVersion = false;
    llvm::Error E = Yaml.read([&](Node &Root) {
      Yaml.forEachEntry(Root, "a suppressions file is a mapping with 'version' and 'suppressions'",
                        [&](StringRef Key, Node &KeyAt, Node &Value) {
                          if (Key == "version") {
                            HasVersion = true;
                            if (Yaml.number(Value, "'version'").value_or(Version) != Version)
                              Yaml.fail(Value, "this snug reads version 1 of suppressions files only");
                          } else if (Key == "suppressions") {
                            readEntries(Value);
                          } else {
                            Yaml.failUnknown(KeyAt, "key", Key, {"suppressions", "version"});
                          }
                        });
      if (!HasVersion)
        Yaml.fail(Root, "a suppressions file begins with 'version: 1'");
    });
    if (E)
      return std::move(E);
    return std::move(Entries);
  }

private:
  void readEntries(Node &Value) {
    if (!Yaml.forEachElement(Value, [&](Node &Element) { readEntry(Element); }))
      Yaml.fail(Value, "'suppressions' is a list of entries");
  }

  void readEntry(Node &Element) {
    Suppression S;
    bool HasRule = false;
    bool HasMessage = false;
    auto Text = [&](std::string &To, StringRef Key, Node &Value) {
      To = storable(Yaml.word(Value, "'" + Key + "' is a text").value_or(""));
    };
    S.Origin = Yaml.placeOf(Element);
    Yaml.forEachEntry(Element, "an entry is a mapping with 'file', 'rule', 'in', 'count' and 'message'",
                      [&](StringRef Key, Node &KeyAt, Node &Value) {
                        if (Key == "file") {
                          Text(S.File, Key, Value);
                        } else if (Key == "rule") {
                          HasRule = true;
                          Text(S.Rule, Key, Value);
                        } else if (Key == "in") {
                          Text(S.Entity, Key, Value);
                        } else if (Key == "message") {
                          HasMessage = true;
                          Text(S.Message, Key, Value);
                        } else if (Key == "count") {
                          S.Count = Yaml.number(Value, "'count'").value_or(1);
                          if (!S.Count)
                            Yaml.fail(Value, "'count' is 1 or more");
                        } else {
                          Yaml.failUnknown(KeyAt, "key", Key, {"count", "file", "in", "message", "rule"});
                        }
                      });
    if (!HasRule || !HasMessage)
      Yaml.fail(Element, StringRef("the entry has no '") + (HasRule ? "message" : "rule") + "'");
    auto [Known, New] = Places.try_emplace(keyOf(S), S.Origin);
    if (!New)
      Yaml.fail(Element, "the entry says the same as the one at " + Known->second + "; 'count' says how often");
    Entries.push_back(std::move(S));
  }

  YamlFile Yaml;
  std::vector<Suppression> Entries;
  std::map<Key, std::string> Places;
};

/// "(lambda at a.cpp:3:14)" is "(lambda)": names must not change with lines.
std::string withoutPlaces(StringRef Message) {
  std::string Result;
  while (true) {
    const std::size_t At = Message.find(" at ");
    if (At == StringRef::npos)
      return Result + Message.str();
    Result += Message.take_front(At);
    Message = Message.drop_front(At);
    // "… at FILE:LINE:COLUMN)", where the file is anything without a ')'.
    const std::size_t End = Message.find(')');
    StringRef Place = Message.take_front(End == StringRef::npos ? 0 : End);
    const auto [Front, Column] = Place.rsplit(':');
    const auto [File, Line] = Front.rsplit(':');
    auto IsNumber = [](StringRef T) { return !T.empty() && llvm::all_of(T, llvm::isDigit); };
    if (IsNumber(Column) && IsNumber(Line)) {
      Message = Message.drop_front(End);
    } else {
      Result += " at ";
      Message = Message.drop_front(4);
    }
  }
}

std::string relativeTo(StringRef Folder, StringRef File) {
  llvm::SmallString<256> Path(File);
  llvm::SmallString<256> Root(Folder);
  if (File.empty() || llvm::sys::fs::make_absolute(Path) || llvm::sys::fs::make_absolute(Root))
    return File.str();
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  llvm::sys::path::remove_dots(Root, /*remove_dot_dot=*/true);
  auto Below = [&](StringRef File) -> std::optional<StringRef> {
    if (File.consume_front(Root) && (Root.ends_with("/") || File.consume_front("/")))
      return File;
    return std::nullopt;
  };
  if (std::optional<StringRef> Rest = Below(Path))
    return Rest->str();
  // The folder may have been reached by a link.
  if (llvm::SmallString<256> Real; !llvm::sys::fs::real_path(Path, Real))
    if (std::optional<StringRef> Rest = Below(Real))
      return Rest->str();
  return std::string(Path);
}

} // namespace

Suppression suppressionOf(const Finding &F, StringRef Folder) {
  return {storable(relativeTo(Folder, F.Where.File)), F.RuleId, storable(withoutPlaces(F.Entity)),
          storable(withoutPlaces(F.Message)),         1,        {}};
}

llvm::Expected<std::vector<Suppression>> parseSuppressions(StringRef Text, StringRef FileName) {
  return Reader(Text, FileName).read();
}

llvm::Expected<std::vector<Suppression>> readSuppressions(StringRef Path) {
  llvm::Expected<std::string> Text = readSettingsFile(Path, "the suppressions", std::size_t{64} << 20);
  if (!Text)
    return Text.takeError();
  return parseSuppressions(*Text, Path);
}

std::string toText(std::vector<Suppression> Entries) {
  std::sort(Entries.begin(), Entries.end(), before);
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  OS << "# Findings that 'snug check --suppressions=FILE' is silent about. With --prune, entries whose finding is "
        "gone\n"
        "# are removed; with --write-suppressions what is found now is added.\n"
        "version: 1\n"
        "suppressions:"
     << (Entries.empty() ? " []\n" : "\n");
  auto Quoted = [](StringRef S) { return "\"" + llvm::yaml::escape(S, /*EscapePrintable=*/false) + "\""; };
  for (const Suppression &S : Entries) {
    OS << "  - file: " << Quoted(S.File) << "\n    rule: " << Quoted(S.Rule) << '\n';
    if (!S.Entity.empty())
      OS << "    in: " << Quoted(S.Entity) << '\n';
    if (S.Count != 1)
      OS << "    count: " << S.Count << '\n';
    OS << "    message: " << Quoted(S.Message) << '\n';
  }
  return Text;
}

std::vector<Suppression> suppressionsFor(llvm::ArrayRef<Finding> Findings, StringRef Folder) {
  std::map<Key, Suppression> ByKey;
  for (const Finding &F : Findings) {
    if (F.Result == Verdict::Holds)
      continue;
    Suppression S = suppressionOf(F, Folder);
    auto [Known, New] = ByKey.try_emplace(keyOf(S), S);
    Known->second.Count += !New;
  }
  std::vector<Suppression> Entries;
  for (auto &Entry : ByKey)
    Entries.push_back(std::move(Entry.second));
  return Entries;
}

SuppressionResult suppress(std::vector<Finding> &Findings, llvm::ArrayRef<Suppression> Entries, StringRef Folder) {
  std::map<Key, std::uint64_t> Left;
  for (const Suppression &S : Entries)
    Left[keyOf(S)] = S.Count;
  SuppressionResult Result;
  std::erase_if(Findings, [&](const Finding &F) {
    if (F.Result == Verdict::Holds)
      return false;
    auto Known = Left.find(keyOf(suppressionOf(F, Folder)));
    if (Known == Left.end() || !Known->second)
      return false;
    --Known->second;
    ++Result.Dropped;
    return true;
  });
  for (const Suppression &S : Entries)
    if (std::uint64_t Missing = Left[keyOf(S)]) {
      Result.Stale.push_back(S);
      Result.Stale.back().Count = Missing;
    }
  return Result;
}

std::vector<Suppression> updatedSuppressions(std::vector<Suppression> Old, llvm::ArrayRef<Suppression> Now, bool Grow,
                                             llvm::function_ref<bool(const Suppression &)> Covers) {
  std::map<Key, std::uint64_t> Found;
  for (const Suppression &S : Now)
    Found[keyOf(S)] = S.Count;
  std::vector<Suppression> Result;
  for (Suppression &S : Old) {
    auto Known = Found.find(keyOf(S));
    const std::uint64_t Count = Known == Found.end() ? 0 : Known->second;
    if (Known != Found.end())
      Found.erase(Known);
    if (!Covers(S))
      S.Count = std::max(S.Count, Grow ? Count : 0);
    else
      S.Count = Grow ? Count : std::min(S.Count, Count);
    if (S.Count)
      Result.push_back(std::move(S));
  }
  if (Grow)
    for (const Suppression &S : Now)
      if (Found.count(keyOf(S)))
        Result.push_back(S);
  std::sort(Result.begin(), Result.end(), before);
  return Result;
}

} // namespace snug
