// Reads .snug.yaml and selects rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"

#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

namespace snug {

using llvm::StringRef;

namespace {

llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

/// Reads the one mapping of a configuration; the first thing that is wrong ends it.
class Reader {
public:
  Reader(StringRef Text, StringRef FileName) : FileName(FileName), Stream(Text, Sources) {
    Sources.setDiagHandler(
        [](const llvm::SMDiagnostic &D, void *Self) {
          static_cast<Reader *>(Self)->fail(D.getLineNo(), D.getColumnNo() + 1, D.getMessage());
        },
        this);
  }

  llvm::Expected<Config> read() {
    Config Result;
    Result.File = FileName.str();
    llvm::yaml::document_iterator Document = Stream.begin();
    llvm::yaml::Node *Root = Document == Stream.end() ? nullptr : Document->getRoot();
    if (Root && !llvm::isa<llvm::yaml::NullNode>(Root)) {
      if (auto *Mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(Root)) {
        for (llvm::yaml::KeyValueNode &Entry : *Mapping) {
          readEntry(Entry, Result);
          if (!Message.empty())
            break;
        }
      } else {
        fail(*Root, "a configuration is a mapping of keys to values");
      }
    }
    if (Message.empty() && Stream.failed())
      Message = (FileName + ": malformed YAML").str();
    if (!Message.empty())
      return failure(Message);
    return Result;
  }

private:
  void readEntry(llvm::yaml::KeyValueNode &Entry, Config &Result) {
    auto *Key = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(Entry.getKey());
    if (!Key)
      return fail(Entry, "a key is a word");
    llvm::SmallString<32> Storage;
    StringRef Name = Key->getValue(Storage);
    if (Name == "checks")
      return readList(Name, Entry, Result.Checks);
    if (Name == "exclude-paths")
      return readList(Name, Entry, Result.ExcludePaths);
    if (Name == "strict")
      return readFlag(Name, Entry, Result.Strict);
    if (Name == "include-system-headers")
      return readFlag(Name, Entry, Result.IncludeSystemHeaders);
    StringRef Nearest = nearest(Name, {"checks", "exclude-paths", "include-system-headers", "strict"});
    fail(*Key, "unknown key '" + Name + "'" + (Nearest.empty() ? "" : "; did you mean '" + Nearest + "'?"));
  }

  void readFlag(StringRef Name, llvm::yaml::KeyValueNode &Entry, bool &Flag) {
    llvm::SmallString<16> Storage;
    auto *Scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(Entry.getValue());
    StringRef Value = Scalar ? Scalar->getValue(Storage) : "";
    if (Value != "true" && Value != "false")
      return fail(Entry, "'" + Name + "' is true or false");
    Flag = Value == "true";
  }

  /// A sequence of words, or one word with commas.
  void readList(StringRef Name, llvm::yaml::KeyValueNode &Entry, std::vector<std::string> &List) {
    llvm::SmallString<64> Storage;
    if (auto *Scalar = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(Entry.getValue())) {
      List = splitGlobs(Scalar->getValue(Storage));
      return;
    }
    auto *Sequence = llvm::dyn_cast_or_null<llvm::yaml::SequenceNode>(Entry.getValue());
    if (!Sequence)
      return fail(Entry, "'" + Name + "' is a list of globs");
    for (llvm::yaml::Node &Element : *Sequence) {
      auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&Element);
      if (!Scalar)
        return fail(Element, "'" + Name + "' is a list of globs");
      Storage.clear();
      List.push_back(Scalar->getValue(Storage).str());
    }
  }

  void fail(llvm::yaml::Node &At, const llvm::Twine &What) {
    auto [Line, Column] = Sources.getLineAndColumn(At.getSourceRange().Start);
    fail(static_cast<int>(Line), static_cast<int>(Column), What);
  }
  void fail(int Line, int Column, const llvm::Twine &What) {
    if (Message.empty())
      Message = (FileName + ":" + llvm::Twine(Line) + ":" + llvm::Twine(Column) + ": " + What).str();
  }

  StringRef FileName;
  llvm::SourceMgr Sources;
  llvm::yaml::Stream Stream;
  std::string Message;
};

} // namespace

llvm::Expected<Config> parseConfig(StringRef Text, StringRef FileName) { return Reader(Text, FileName).read(); }

llvm::Expected<Config> readConfig(StringRef Path) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return failure("cannot read the configuration '" + Path + "': " + Buffer.getError().message());
  return parseConfig((*Buffer)->getBuffer(), Path);
}

llvm::Expected<Config> findConfig(StringRef Source) {
  llvm::SmallString<256> Folder = Source;
  if (llvm::sys::fs::make_absolute(Folder))
    return Config();
  llvm::sys::path::remove_dots(Folder, /*remove_dot_dot=*/true);
  while (llvm::sys::path::has_parent_path(Folder)) {
    llvm::sys::path::remove_filename(Folder);
    llvm::SmallString<256> Candidate = Folder;
    llvm::sys::path::append(Candidate, ".snug.yaml");
    if (llvm::sys::fs::exists(Candidate))
      return readConfig(Candidate);
  }
  return Config();
}

std::vector<std::string> splitGlobs(StringRef Text) {
  std::vector<std::string> Globs;
  for (StringRef Glob : llvm::split(Text, ','))
    if (StringRef Trimmed = Glob.trim(); !Trimmed.empty())
      Globs.push_back(Trimmed.str());
  return Globs;
}

llvm::Expected<std::vector<StringRef>> selectRules(llvm::ArrayRef<std::string> Globs, llvm::ArrayRef<StringRef> All) {
  std::vector<bool> Selected(All.size(), Globs.empty() || StringRef(Globs.front()).starts_with("-"));
  for (StringRef Glob : Globs) {
    StringRef Written = Glob;
    bool Added = !Glob.consume_front("-");
    Glob.consume_front("snug-");
    llvm::Expected<llvm::GlobPattern> Pattern = llvm::GlobPattern::create(Glob);
    if (!Pattern)
      return failure("malformed glob '" + Written + "': " + llvm::toString(Pattern.takeError()));
    bool Matched = false;
    for (std::size_t I = 0; I != All.size(); ++I)
      if (Pattern->match(All[I])) {
        Selected[I] = Added;
        Matched = true;
      }
    if (!Matched) {
      StringRef Nearest = nearest(Glob, All);
      return failure(
          "no rule matches '" + Written + "'" +
          (Nearest.empty() ? "; 'snug check --list-rules' lists them" : "; did you mean '" + Nearest + "'?"));
    }
  }
  std::vector<StringRef> Result;
  for (std::size_t I = 0; I != All.size(); ++I)
    if (Selected[I])
      Result.push_back(All[I]);
  if (Result.empty())
    return failure("the checks '" + llvm::join(Globs, ",") + "' leave no rule to run");
  return Result;
}

bool matchesPath(llvm::ArrayRef<std::string> Globs, StringRef Path) {
  for (StringRef Glob : Globs) {
    llvm::Expected<llvm::GlobPattern> Pattern = llvm::GlobPattern::create(Glob);
    if (!Pattern) {
      llvm::consumeError(Pattern.takeError());
      continue;
    }
    if (Pattern->match(Path))
      return true;
    if (!Glob.contains('/') && llvm::any_of(llvm::make_range(llvm::sys::path::begin(Path), llvm::sys::path::end(Path)),
                                            [&](StringRef Part) { return Pattern->match(Part); }))
      return true;
  }
  return false;
}

} // namespace snug
