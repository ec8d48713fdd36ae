// Keeps what a source yielded until something it was made from changes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ResultCache.h"

#include "tool/Bytes.h"

#include "clang/Basic/Version.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

#include <dlfcn.h>

namespace snug::tool {
namespace {

namespace fs = llvm::sys::fs;

constexpr llvm::StringLiteral Magic = "snug-results-1\n";
constexpr llvm::StringLiteral Extension = ".result";

std::int64_t nanoseconds(llvm::sys::TimePoint<> When) { return When.time_since_epoch().count(); }

/// Paths in order share their beginnings: each is written as the length of that and the rest.
std::size_t sharedLength(llvm::StringRef A, llvm::StringRef B) {
  const auto [InA, InB] = std::mismatch(A.begin(), A.end(), B.begin(), B.end());
  return static_cast<std::size_t>(InA - A.begin());
}

std::string encode(const Observations &Seen, std::int64_t TrustedBefore, llvm::StringRef Result) {
  ByteWriter Out;
  Out.text(Result);
  Out.number(Seen.size());
  llvm::StringRef Last;
  for (const auto &[Path, What] : Seen) {
    const std::size_t Shared = sharedLength(Last, Path);
    Out.number(Shared);
    Out.text(llvm::StringRef(Path).drop_front(Shared));
    Last = Path;
    Out.number(static_cast<std::uint64_t>(What.What));
    if (What.What == Observation::Kind::Content) {
      Out.number(What.Size);
      // Whoever changes a file twice within the clock's grain leaves the same time.
      Out.fixed<std::int64_t>(What.ChangedAt < TrustedBefore ? What.ChangedAt : 0);
    }
    if (What.What == Observation::Kind::Content || What.What == Observation::Kind::Folder) {
      Out.fixed<std::uint64_t>(What.Hash.low64);
      Out.fixed<std::uint64_t>(What.Hash.high64);
    }
  }
  return Out.take();
}

/// Reads back what `encode` wrote, path by path; stops where `Holds` says no.
std::optional<std::string> decodeIf(llvm::StringRef Bytes,
                                    llvm::function_ref<bool(llvm::StringRef, const Observation &)> Holds) {
  ByteReader In(Bytes);
  const llvm::StringRef Result = In.text();
  std::string Path;
  for (std::uint64_t Left = In.count(); In.isGood() && Left; --Left) {
    const std::uint64_t Shared = In.number();
    if (Shared > Path.size())
      return std::nullopt;
    Path.resize(Shared);
    Path += In.text();
    Observation Then;
    Then.What = static_cast<Observation::Kind>(In.number());
    if (Then.What == Observation::Kind::Content) {
      Then.Size = In.number();
      Then.ChangedAt = In.fixed<std::int64_t>();
    }
    if (Then.What == Observation::Kind::Content || Then.What == Observation::Kind::Folder) {
      Then.Hash.low64 = In.fixed<std::uint64_t>();
      Then.Hash.high64 = In.fixed<std::uint64_t>();
    }
    if (!In.isGood() || !Holds(Path, Then))
      return std::nullopt;
  }
  if (!In.isFinished())
    return std::nullopt;
  return Result.str();
}

} // namespace

llvm::Expected<ResultCache> ResultCache::open(llvm::StringRef Folder) {
  if (std::error_code Code = fs::create_directories(Folder))
    return llvm::createStringError(Code, "the cache '" + Folder + "' cannot be made: " + Code.message());
  if (!fs::is_directory(Folder))
    return llvm::createStringError(std::make_error_code(std::errc::not_a_directory),
                                   "the cache '" + Folder + "' cannot be made: it is a file");
  return ResultCache(Folder);
}

std::string ResultCache::fileOf(llvm::StringRef Key) const {
  const llvm::XXH128_hash_t Hash = hashOf(Key);
  llvm::SmallString<256> File(Folder);
  llvm::sys::path::append(File,
                          llvm::utohexstr(Hash.high64, true, 16) + llvm::utohexstr(Hash.low64, true, 16) + Extension);
  return std::string(File);
}

bool ResultCache::holds(llvm::StringRef Path, const Observation &Then) {
  using Kind = Observation::Kind;
  auto [Entry, New] = Known.try_emplace(Path);
  Observation &State = Entry->second.State;
  if (fs::file_status Status; New && !fs::status(Path, Status)) {
    State.What = Kind::Exists;
    State.Size = Status.getSize();
    State.ChangedAt = nanoseconds(Status.getLastModificationTime());
  }
  if (Then.What == Kind::Missing || Then.What == Kind::Exists || State.What == Kind::Missing)
    return Then.What == State.What;
  if (Then.What == Kind::Content && Then.Size != State.Size)
    return false;
  if (Then.What == Kind::Content && Then.ChangedAt == State.ChangedAt)
    return true;
  if (!Entry->second.Hashed) {
    Entry->second.Hashed = true;
    if (Then.What == Kind::Folder)
      State.Hash = hashOfFolder(*llvm::vfs::getRealFileSystem(), Path);
    else if (auto Read = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false))
      State.Hash = hashOf((*Read)->getBuffer());
  }
  return Then.Hash == State.Hash;
}

std::optional<std::string> ResultCache::find(llvm::StringRef Key) {
  const std::string File = fileOf(Key);
  auto Read = llvm::MemoryBuffer::getFile(File, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Read)
    return std::nullopt;
  // The head guards against damage: the magic, then the hash of the rest.
  llvm::StringRef Bytes = (*Read)->getBuffer();
  if (!Bytes.consume_front(Magic) || Bytes.size() < sizeof(std::uint64_t))
    return std::nullopt;
  const std::uint64_t Stated = llvm::support::endian::read64le(Bytes.data());
  Bytes = Bytes.drop_front(sizeof(std::uint64_t));
  if (llvm::xxh3_64bits(Bytes) != Stated)
    return std::nullopt;
  auto Result = decodeIf(Bytes, [&](llvm::StringRef Path, const Observation &Then) { return holds(Path, Then); });
  if (!Result)
    return std::nullopt;
  // `trim` goes by the time of the last change; a day is exact enough for it.
  const auto Today = std::chrono::system_clock::now();
  fs::file_status Status;
  if (!fs::status(File, Status) && Today - Status.getLastModificationTime() > std::chrono::hours(24)) {
    int Handle = 0;
    if (!fs::openFileForWrite(File, Handle, fs::CD_OpenExisting, fs::OF_Append)) {
      (void)fs::setLastAccessAndModificationTime(Handle, Today, Today);
      (void)fs::closeFile(Handle);
    }
  }
  return Result;
}

llvm::Error ResultCache::store(llvm::StringRef Key, const Observations &Seen, llvm::sys::TimePoint<> Began,
                               llvm::StringRef Result) const {
  const std::string Body = encode(Seen, nanoseconds(Began - std::chrono::seconds(2)), Result);
  std::string Head(Magic);
  Head.resize(Magic.size() + sizeof(std::uint64_t));
  llvm::support::endian::write64le(&Head[Magic.size()], llvm::xxh3_64bits(Body));
  return llvm::writeToOutput(fileOf(Key), [&](llvm::raw_ostream &OS) {
    OS << Head << Body;
    return llvm::Error::success();
  });
}

void ResultCache::trim(std::uint64_t MaxBytes) const {
  struct Entry {
    llvm::sys::TimePoint<> Used;
    std::uint64_t Bytes;
    std::string Path;
  };
  std::vector<Entry> All;
  std::uint64_t Total = 0;
  std::error_code Error;
  for (fs::directory_iterator I(Folder, Error), End; !Error && I != End; I.increment(Error)) {
    fs::file_status Status;
    if (llvm::sys::path::extension(I->path()) != Extension || fs::status(I->path(), Status))
      continue;
    All.push_back({Status.getLastModificationTime(), Status.getSize(), I->path()});
    Total += Status.getSize();
  }
  llvm::sort(All, [](const Entry &A, const Entry &B) { return A.Used < B.Used; });
  for (const Entry &E : All) {
    if (Total <= MaxBytes)
      break;
    if (!fs::remove(E.Path))
      Total -= E.Bytes;
  }
}

std::string buildIdentity() {
  std::string Text = clang::getClangFullVersion();
  auto Add = [&](llvm::StringRef Path) {
    fs::file_status Status;
    if (Path.empty() || fs::status(Path, Status))
      return;
    llvm::raw_string_ostream(Text) << '\n'
                                   << llvm::sys::path::filename(Path) << ' ' << Status.getSize() << ' '
                                   << nanoseconds(Status.getLastModificationTime());
  };
  // The program, and the libraries it got Clang and LLVM from.
  for (void *Part : {reinterpret_cast<void *>(&buildIdentity), reinterpret_cast<void *>(&clang::getClangFullVersion),
                     reinterpret_cast<void *>(&llvm::xxh3_128bits)})
    if (Dl_info Where; dladdr(Part, &Where) && Where.dli_fname)
      Add(Where.dli_fname);
  return Text;
}

} // namespace snug::tool
