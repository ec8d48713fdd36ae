// A file system that remembers what was asked of it, so that it can be told later whether the answers are still the same.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_RECORDINGFILESYSTEM_H
#define SNUG_CHECKER_TOOL_RECORDINGFILESYSTEM_H

#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/xxhash.h"

#include <cstdint>
#include <map>
#include <string>

namespace snug::tool {

/// What was learnt about one path.
struct Observation {
  /// `Missing`: there is nothing; a header put there would be found instead of another. `Exists`: something is there, but
  /// it was not read. `Folder`: its entries were listed. `Content`: it was read.
  enum class Kind : std::uint8_t { Missing, Exists, Folder, Content };
  Kind What = Kind::Missing;
  /// Of a file that was read: bytes, and nanoseconds since the epoch at which it was last changed.
  std::uint64_t Size = 0;
  std::int64_t ChangedAt = 0;
  /// Of the bytes read, or the sorted names of the entries.
  llvm::XXH128_hash_t Hash{0, 0};
};

/// By absolute path.
using Observations = std::map<std::string, Observation, std::less<>>;

/// The hash of a file that is read, and of a folder that is listed; all zero when it cannot be.
llvm::XXH128_hash_t hashOf(llvm::StringRef Bytes);
llvm::XXH128_hash_t hashOfFolder(llvm::vfs::FileSystem &Files, llvm::StringRef Path);

/// Hands everything on to the file system it was made with. For one thread.
class RecordingFileSystem : public llvm::vfs::ProxyFileSystem {
public:
  using ProxyFileSystem::ProxyFileSystem;

  /// What was learnt so far; folders are hashed now.
  Observations observations();

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &Path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &Path) override;
  llvm::vfs::directory_iterator dir_begin(const llvm::Twine &Folder, std::error_code &Error) override;
  bool exists(const llvm::Twine &Path) override;

private:
  /// Null when the path cannot be made absolute.
  Observation *note(const llvm::Twine &Path, Observation::Kind What);

  Observations Seen;
};

} // namespace snug::tool

#endif
