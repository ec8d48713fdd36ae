// Whatever a suppressions file holds, reading it ends with entries or with one message that names the file; entries
// survive being written and read again.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Suppressions.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  const llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  llvm::Expected<std::vector<snug::Suppression>> Read = snug::parseSuppressions(Text, "x.yaml");
  if (!Read) {
    const std::string Message = llvm::toString(Read.takeError());
    if (!llvm::StringRef(Message).starts_with("x.yaml:") || llvm::StringRef(Message).contains("\n"))
      std::abort();
    return 0;
  }
  const std::string Written = snug::toText(*Read);
  llvm::Expected<std::vector<snug::Suppression>> Again = snug::parseSuppressions(Written, "y.yaml");
  if (!Again) {
    llvm::consumeError(Again.takeError());
    std::abort();
  }
  if (Again->size() != Read->size() || snug::toText(*Again) != Written)
    std::abort();
  return 0;
}
