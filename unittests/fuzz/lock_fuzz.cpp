// Whatever a lock file holds: it is read or refused with one line that names a line; what was read is written, read and
// compared without a difference.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Lock.h"
#include "facts/LockDiff.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  using namespace snug::facts;
  llvm::Expected<Lock> First = readLock({reinterpret_cast<const char *>(Data), Size}, "snug.lock");
  if (!First) {
    const std::string Message = llvm::toString(First.takeError());
    if (Message.rfind("snug.lock:", 0) != 0)
      std::abort();
    return 0;
  }
  const std::string Text = writeLock(*First);
  llvm::Expected<Lock> Second = readLock(Text, "snug.lock");
  if (!Second || writeLock(*Second) != Text)
    std::abort();
  for (const Difference &D : compare(*First, *Second, [](const LockEntry &) { return true; }))
    // A promise that the file itself shows to be broken is all there can be.
    if (D.What != Change::PromiseBroken)
      std::abort();
  return 0;
}
