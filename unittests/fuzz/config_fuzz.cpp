// Whatever a configuration holds, reading it ends with settings or with one message that names the file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Config.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  const llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  llvm::Expected<snug::Config> Read = snug::parseConfig(Text, "x.yaml");
  if (!Read) {
    const std::string Message = llvm::toString(Read.takeError());
    if (!llvm::StringRef(Message).starts_with("x.yaml:") || llvm::StringRef(Message).contains("\n"))
      std::abort();
    return 0;
  }
  // What could be read can be asked.
  llvm::Expected<std::vector<snug::RuleState>> Rules =
      snug::resolveRules(*Read, {"cast-needs-launder", "layout-expectation", "padding-hole"});
  if (!Rules && llvm::toString(Rules.takeError()).empty())
    std::abort();
  for (const auto *Globs : {&Read->Files.Excluded, &Read->Files.Headers, &Read->Files.ThirdParty})
    (void)snug::matchesPath(*Globs, "/project/src/a.hpp", Read->Files.Root);
  for (const snug::Budget &B : Read->Budgets)
    (void)snug::matchesName(B.TypeGlob, "demo::op<int>");
  return 0;
}
