// Reads small YAML files for people who make mistakes: the first thing that is wrong ends it, with its place.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_YAML_H
#define SNUG_CHECKER_CORE_YAML_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <cstdint>
#include <optional>
#include <string>

namespace snug {

/// The text of a file of settings. Fails with one message that names `What` ("the configuration"), the file and the
/// cause: a folder, unreadable, or larger than `MaxBytes` (a whole number of MiB).
llvm::Expected<std::string> readSettingsFile(llvm::StringRef Path, llvm::StringRef What,
                                             std::size_t MaxBytes = std::size_t{1} << 20);

/// One YAML document. Values are visited once, in the order of the file, and only as deep as the caller asks: nesting
/// that nobody expects costs no stack. Anchors, aliases, tags and further documents are refused.
class YamlFile {
public:
  using Node = llvm::yaml::Node;

  /// Both texts must live as long as this object.
  YamlFile(llvm::StringRef Text, llvm::StringRef FileName);

  /// Calls `Handle` with the root unless the document is empty, then checks that the rest of the text is well-formed.
  /// Returns the first failure as "file:line:column: …".
  llvm::Error read(llvm::function_ref<void(Node &Root)> Handle);

  /// Calls `Handle` for each entry of a mapping: fails on anything else ("`What` is a mapping of …"), on a key that is
  /// no word, and on a key that comes twice.
  void forEachEntry(Node &At, const llvm::Twine &What,
                    llvm::function_ref<void(llvm::StringRef Key, Node &KeyAt, Node &Value)> Handle);
  /// Calls `Handle` for each element of a sequence; returns false when it is none.
  bool forEachElement(Node &At, llvm::function_ref<void(Node &Element)> Handle);

  /// The text of a scalar; nothing for other nodes, without a failure.
  std::optional<std::string> scalar(Node &At);
  /// The following fail, naming `What`, on a value of another kind.
  std::optional<std::string> word(Node &At, const llvm::Twine &What);
  std::optional<bool> flag(Node &At, const llvm::Twine &What);
  std::optional<std::uint64_t> number(Node &At, const llvm::Twine &What);

  /// "unknown `Kind` 'x'; did you mean 'y'?"
  void failUnknown(Node &At, llvm::StringRef Kind, llvm::StringRef Name, llvm::ArrayRef<llvm::StringRef> Known);
  void fail(Node &At, const llvm::Twine &Message);
  bool failed() const { return !Message.empty(); }

  /// "file:line:column" of a node.
  std::string placeOf(Node &At);

private:
  void fail(int Line, int Column, const llvm::Twine &What);

  llvm::StringRef FileName;
  llvm::SourceMgr Sources;
  llvm::yaml::Stream Stream;
  std::string Message;
};

} // namespace snug

#endif
