// A file system that remembers what was asked of it, so that it can be told later whether the answers are still the same.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/RecordingFileSystem.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <vector>

namespace snug::tool {
namespace {

/// A file whose bytes are hashed when they are read: what the compiler saw, whatever becomes of the file meanwhile.
class RecordedFile : public llvm::vfs::File {
public:
  RecordedFile(std::unique_ptr<llvm::vfs::File> Real, Observation &Seen) : Real(std::move(Real)), Seen(Seen) {}

  llvm::ErrorOr<llvm::vfs::Status> status() override { return Real->status(); }
  llvm::ErrorOr<std::string> getName() override { return Real->getName(); }
  std::error_code close() override { return Real->close(); }

  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine &Name, std::int64_t FileSize,
                                                               bool RequiresNullTerminator, bool IsVolatile) override {
    auto Buffer = Real->getBuffer(Name, FileSize, RequiresNullTerminator, IsVolatile);
    if (!Buffer || Seen.What == Observation::Kind::Content)
      return Buffer;
    Seen.What = Observation::Kind::Content;
    Seen.Size = (*Buffer)->getBufferSize();
    Seen.Hash = hashOf((*Buffer)->getBuffer());
    if (llvm::ErrorOr<llvm::vfs::Status> Now = Real->status())
      Seen.ChangedAt = Now->getLastModificationTime().time_since_epoch().count();
    return Buffer;
  }

private:
  std::unique_ptr<llvm::vfs::File> Real;
  Observation &Seen;
};

} // namespace

llvm::XXH128_hash_t hashOf(llvm::StringRef Bytes) { return llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Bytes)); }

llvm::XXH128_hash_t hashOfFolder(llvm::vfs::FileSystem &Files, llvm::StringRef Path) {
  std::vector<std::string> Names;
  std::error_code Error;
  for (llvm::vfs::directory_iterator I = Files.dir_begin(Path, Error), End; !Error && I != End; I.increment(Error))
    Names.push_back(llvm::sys::path::filename(I->path()).str());
  if (Error)
    return {0, 0};
  llvm::sort(Names);
  return hashOf(llvm::join(Names, "/"));
}

Observation *RecordingFileSystem::note(const llvm::Twine &Path, Observation::Kind What) {
  llvm::SmallString<256> Absolute;
  Path.toVector(Absolute);
  if (makeAbsolute(Absolute))
    return nullptr;
  auto [Entry, New] = Seen.try_emplace(std::string(Absolute));
  if (New || Entry->second.What == Observation::Kind::Missing ||
      (Entry->second.What == Observation::Kind::Exists && What == Observation::Kind::Folder))
    Entry->second.What = What;
  return &Entry->second;
}

Observations RecordingFileSystem::observations() {
  for (auto &[Path, What] : Seen)
    if (What.What == Observation::Kind::Folder)
      What.Hash = hashOfFolder(getUnderlyingFS(), Path);
  return Seen;
}

llvm::ErrorOr<llvm::vfs::Status> RecordingFileSystem::status(const llvm::Twine &Path) {
  llvm::ErrorOr<llvm::vfs::Status> Found = ProxyFileSystem::status(Path);
  note(Path, Found ? Observation::Kind::Exists : Observation::Kind::Missing);
  return Found;
}

llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> RecordingFileSystem::openFileForRead(const llvm::Twine &Path) {
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> Opened = ProxyFileSystem::openFileForRead(Path);
  Observation *Noted = note(Path, Opened ? Observation::Kind::Exists : Observation::Kind::Missing);
  if (!Opened || !Noted)
    return Opened;
  return std::make_unique<RecordedFile>(std::move(*Opened), *Noted);
}

llvm::vfs::directory_iterator RecordingFileSystem::dir_begin(const llvm::Twine &Folder, std::error_code &Error) {
  llvm::vfs::directory_iterator First = ProxyFileSystem::dir_begin(Folder, Error);
  note(Folder, Error ? Observation::Kind::Missing : Observation::Kind::Folder);
  return First;
}

bool RecordingFileSystem::exists(const llvm::Twine &Path) {
  const bool Found = ProxyFileSystem::exists(Path);
  note(Path, Found ? Observation::Kind::Exists : Observation::Kind::Missing);
  return Found;
}

} // namespace snug::tool
