// The lock file on disk: whoever reads it sees the old one or the new one, never a part of either.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/LockStorage.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace snug::facts {
namespace {

namespace fs = llvm::sys::fs;

llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Error cannotWrite(llvm::StringRef Path, const llvm::Twine &Why) {
  return failure("cannot write '" + Path + "': " + Why + "; it is as it was");
}

std::string lastError() { return llvm::sys::StrError(errno); }

std::string folderOf(llvm::StringRef Path) {
  const llvm::StringRef Folder = llvm::sys::path::parent_path(Path);
  return Folder.empty() ? "." : Folder.str();
}

/// A file that outgrows the limit of its process is an error to report, not a reason to die.
class IgnoreFileSizeSignal {
public:
  IgnoreFileSizeSignal() : Before(std::signal(SIGXFSZ, SIG_IGN)) {}
  ~IgnoreFileSizeSignal() { std::signal(SIGXFSZ, Before); }

private:
  void (*Before)(int);
};

} // namespace

llvm::Expected<UpdateGuard> UpdateGuard::acquire(llvm::StringRef Path) {
  const std::string Folder = folderOf(Path);
  // The folder itself is what is locked: that needs no further file, and the kernel lets go of it in any case.
  const int Descriptor = ::open(Folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Descriptor < 0)
    return failure("cannot open the folder '" + llvm::Twine(Folder) + "': " + lastError());
  while (::flock(Descriptor, LOCK_EX) != 0)
    if (errno != EINTR) {
      // A file system without locks: then the rename alone must do.
      break;
    }
  return UpdateGuard(Descriptor);
}

UpdateGuard::~UpdateGuard() {
  if (Folder >= 0)
    ::close(Folder);
}

llvm::Expected<std::optional<std::string>> readText(llvm::StringRef Path) {
  if (fs::is_directory(Path))
    return failure("cannot read '" + Path + "': it is a folder");
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false);
  if (Buffer)
    return std::optional((*Buffer)->getBuffer().str());
  if (Buffer.getError() == std::errc::no_such_file_or_directory)
    return std::nullopt;
  return failure("cannot read '" + Path + "': " + Buffer.getError().message());
}

llvm::Error replaceText(llvm::StringRef Path, llvm::StringRef Text) {
  llvm::SmallString<256> Real;
  if (fs::real_path(Path, Real))
    Real = Path;
  unsigned Mode = fs::all_read | fs::all_write;
  fs::file_status Status;
  const bool Exists = !fs::status(Real, Status);
  if (Exists)
    Mode = Status.permissions();

  IgnoreFileSizeSignal Ignore;
  llvm::Expected<fs::TempFile> Beside = fs::TempFile::create(Real + ".%%%%%%%%.tmp", Mode);
  if (!Beside)
    return cannotWrite(Path, llvm::toString(Beside.takeError()));
  auto Discard = [&](std::string Why) {
    llvm::consumeError(Beside->discard());
    return cannotWrite(Path, Why);
  };
  llvm::raw_fd_ostream Out(Beside->FD, /*shouldClose=*/false);
  Out << Text;
  Out.flush();
  if (Out.has_error()) {
    const std::string Why = Out.error().message();
    Out.clear_error();
    return Discard(Why);
  }
  // The umask does not apply to a file that was there.
  if (Exists)
    (void)fs::setPermissions(Beside->FD, Status.permissions());
  if (::fsync(Beside->FD) != 0 && errno != EINVAL)
    return Discard(lastError());
  if (llvm::Error E = Beside->keep(Real))
    return cannotWrite(Path, llvm::toString(std::move(E)));
  // The rename itself survives a power cut only once the folder is on the disk, too.
  const int Folder = ::open(folderOf(Real).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Folder >= 0) {
    (void)::fsync(Folder);
    ::close(Folder);
  }
  return llvm::Error::success();
}

} // namespace snug::facts
