// Reads small YAML files for people who make mistakes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Yaml.h"

#include "core/Expectation.h"
#include "core/Text.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

namespace snug {

using llvm::StringRef;

static llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

/// Piece by piece: a pipe is as good as a file, and one that never ends must not be read to its end.
static llvm::Expected<std::string> readBounded(llvm::sys::fs::file_t File, std::size_t MaxBytes) {
  constexpr std::size_t Step = 4096;
  std::string Text;
  for (std::size_t Size = 0;;) {
    Text.resize(Size + Step);
    llvm::Expected<std::size_t> Read = llvm::sys::fs::readNativeFile(File, {Text.data() + Size, Step});
    if (!Read)
      return Read.takeError();
    Size += *Read;
    Text.resize(Size);
    if (*Read == 0)
      return Text;
    if (Size > MaxBytes)
      return failure("it is larger than " + llvm::Twine(MaxBytes >> 20) + " MiB");
  }
}

llvm::Expected<std::string> readSettingsFile(StringRef Path, StringRef What, std::size_t MaxBytes) {
  auto Fail = [&](llvm::Error Why) {
    return failure("cannot read " + What + " '" + Path + "': " + llvm::toString(std::move(Why)));
  };
  llvm::Expected<llvm::sys::fs::file_t> File = llvm::sys::fs::openNativeFileForRead(Path);
  if (!File)
    return Fail(File.takeError());
  llvm::Expected<std::string> Text = readBounded(*File, MaxBytes);
  (void)llvm::sys::fs::closeFile(*File);
  if (!Text)
    return Fail(Text.takeError());
  return Text;
}

YamlFile::YamlFile(StringRef Text, StringRef FileName) : FileName(FileName), Stream(Text, Sources) {
  Sources.setDiagHandler(
      [](const llvm::SMDiagnostic &D, void *Self) {
        static_cast<YamlFile *>(Self)->fail(D.getLineNo(), D.getColumnNo() + 1, "malformed YAML: " + D.getMessage());
      },
      this);
}

llvm::Error YamlFile::read(llvm::function_ref<void(Node &)> Handle) {
  llvm::yaml::document_iterator Document = Stream.begin();
  if (Document != Stream.end()) {
    Node *Root = Document->getRoot();
    if (Root && !failed() && !llvm::isa<llvm::yaml::NullNode>(Root))
      Handle(*Root);
    if (!failed() && !Stream.failed() && ++Document != Stream.end())
      if (Node *Second = Document->getRoot(); Second && !failed())
        fail(*Second, "a second document; one file is one document");
  }
  if (!failed() && Stream.failed())
    Message = (FileName + ": malformed YAML").str();
  return failed() ? failure(Message) : llvm::Error::success();
}

void YamlFile::forEachEntry(Node &At, const llvm::Twine &What,
                            llvm::function_ref<void(StringRef, Node &, Node &)> Handle) {
  auto *Mapping = llvm::dyn_cast<llvm::yaml::MappingNode>(&At);
  if (!Mapping)
    return fail(At, What);
  llvm::StringSet<> Seen;
  for (llvm::yaml::KeyValueNode &Entry : *Mapping) {
    Node *KeyAt = Entry.getKey();
    std::optional<std::string> Key = KeyAt ? scalar(*KeyAt) : std::nullopt;
    if (failed())
      return;
    if (!Key)
      return fail(KeyAt ? *KeyAt : At, "a key is a word");
    if (!Seen.insert(*Key).second)
      return fail(*KeyAt, "'" + *Key + "' comes twice");
    Node *Value = Entry.getValue();
    if (failed())
      return;
    if (!Value)
      return fail(*KeyAt, "'" + *Key + "' has no value");
    Handle(*Key, *KeyAt, *Value);
    if (failed())
      return;
  }
}

bool YamlFile::forEachElement(Node &At, llvm::function_ref<void(Node &)> Handle) {
  auto *Sequence = llvm::dyn_cast<llvm::yaml::SequenceNode>(&At);
  if (!Sequence)
    return false;
  for (Node &Element : *Sequence) {
    if (failed())
      break;
    Handle(Element);
    if (failed())
      break;
  }
  return true;
}

std::optional<std::string> YamlFile::scalar(Node &At) {
  if (!At.getAnchor().empty() || llvm::isa<llvm::yaml::AliasNode>(At)) {
    fail(At, "anchors and aliases are not understood here; write the value out");
    return std::nullopt;
  }
  if (auto *Block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(&At))
    return Block->getValue().str();
  llvm::SmallString<64> Storage;
  if (auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&At))
    return Scalar->getValue(Storage).str();
  return std::nullopt;
}

std::optional<std::string> YamlFile::word(Node &At, const llvm::Twine &What) {
  std::optional<std::string> Text = scalar(At);
  if (!Text)
    fail(At, What);
  return Text;
}

std::optional<bool> YamlFile::flag(Node &At, const llvm::Twine &What) {
  std::optional<std::string> Text = scalar(At);
  if (Text == "true" || Text == "false")
    return Text == "true";
  fail(At, What + " is true or false");
  return std::nullopt;
}

std::optional<std::uint64_t> YamlFile::number(Node &At, const llvm::Twine &What) {
  std::optional<std::string> Text = scalar(At);
  std::uint64_t Value = 0;
  if (Text && !StringRef(*Text).getAsInteger(10, Value))
    return Value;
  fail(At, What + " is a number");
  return std::nullopt;
}

void YamlFile::failUnknown(Node &At, StringRef Kind, StringRef Name, llvm::ArrayRef<StringRef> Known) {
  StringRef Nearest = nearest(Name, Known);
  fail(At, "unknown " + Kind + " '" + Name + "'" + (Nearest.empty() ? "" : "; did you mean '" + Nearest + "'?"));
}

std::string YamlFile::placeOf(Node &At) {
  auto [Line, Column] = Sources.getLineAndColumn(At.getSourceRange().Start);
  return (FileName + ":" + llvm::Twine(Line) + ":" + llvm::Twine(Column)).str();
}

void YamlFile::fail(Node &At, const llvm::Twine &What) {
  if (!failed())
    Message = printable((placeOf(At) + ": " + What).str());
}

void YamlFile::fail(int Line, int Column, const llvm::Twine &What) {
  if (!failed())
    Message = printable((FileName + ":" + llvm::Twine(Line) + ":" + llvm::Twine(Column) + ": " + What).str());
}

} // namespace snug
