// Whatever a section .snug.facts holds: it is read or refused with one line; what was read is written, and read again it
// is the same. Inputs that begin with '!' are the text of a block: its checksum would keep the fuzzer out.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Block.h"
#include "facts/Facts.h"
#include "facts/Lock.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  using namespace snug::facts;
  llvm::StringRef Input(reinterpret_cast<const char *>(Data), Size);
  std::string Wrapped;
  if (Input.consume_front("!")) {
    Wrapped = writeBlock(Input);
    Input = Wrapped;
  }
  llvm::Expected<Facts> First = read(Input);
  if (!First) {
    const std::string Message = llvm::toString(First.takeError());
    if (Message.rfind(".snug.facts: ", 0) != 0 || Message.find('\n') != std::string::npos)
      std::abort();
    return 0;
  }
  toLock(*First);
  const std::string Section = write(*First);
  llvm::Expected<Facts> Second = read(Section);
  if (!Second)
    std::abort();
  // Records that differ in what is not kept may have become alike.
  llvm::Expected<Facts> Third = read(write(*Second));
  if (!Third || write(*Third) != write(*Second))
    std::abort();
  return 0;
}
