// From a path to images: objects, archives, linked files and assembly text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_INPUTS_H
#define SNUG_CHECKER_MACHINE_INPUTS_H

#include "machine/Image.h"
#include "machine/Target.h"

#include "llvm/Object/Archive.h"
#include "llvm/Support/MemoryBuffer.h"

#include <memory>
#include <string>
#include <vector>

namespace snug::machine {

/// The images of one file. Owns the bytes that they point into.
///
/// Result: at least one image, with at least one function among them; everything else is an error that says what the
///         file is instead, without the file's name (the caller knows it).
struct Input {
  std::string Path;
  std::vector<std::unique_ptr<Image>> Images;

  /// Assembly text is recognised by its ending, .s; the rest by its first bytes.
  static llvm::Expected<Input> open(const Target &T, llvm::StringRef Path);
  /// The same, with the functions of linked files that no symbol names; see Image::addUnnamed.
  static llvm::Expected<Input> openWithUnnamed(const Target &T, llvm::StringRef Path);
  /// The same from memory; for tests.
  static llvm::Expected<Input> fromAssembly(const Target &T, llvm::StringRef Text, llvm::StringRef Name);
  static llvm::Expected<Input> fromBytes(llvm::StringRef Bytes, llvm::StringRef Name);

private:
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Buffers;
  std::unique_ptr<llvm::object::Archive> Archive;

  static llvm::Expected<Input> open(const Target &T, llvm::StringRef Path, bool WithUnnamed);
  llvm::Error addFile(std::unique_ptr<llvm::MemoryBuffer> Buffer, bool WithUnnamed = false);
  llvm::Error addArchive(llvm::MemoryBufferRef Buffer);
  llvm::Error addObject(llvm::MemoryBufferRef Buffer, std::string Label);
};

/// Assembles text, AT&T or Intel as its directives say, to an object in memory.
///
/// Result: fails with the assembler's first message and its line.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> assemble(const Target &T, const llvm::MemoryBuffer &Text);

} // namespace snug::machine

#endif
