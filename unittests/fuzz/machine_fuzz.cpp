// Whatever bytes call themselves an object or an archive, or with SNUG_FUZZ_ASSEMBLY whatever text calls itself assembly: it is
// read, and every function of it described, or it is refused with one line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Inputs.h"
#include "machine/Report.h"

#include "llvm/Support/ErrorHandling.h"

#include <cstdio>
#include <cstdlib>

using namespace snug::machine;

namespace {

/// LLVM's assembler gives up the process for some texts, and 'snug asm' says so and exits with 2. libFuzzer would take that
/// for a crash: the run ends here; another -seed goes on.
void giveUp(void *, const char *Why, bool) {
  std::fprintf(stderr, "machine_fuzz: ended by LLVM: %s\n", Why);
  std::_Exit(0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *Data, std::size_t Size) {
  static const llvm::ScopedFatalErrorHandler Handler(giveUp);
  static const std::unique_ptr<Target> T = llvm::cantFail(Target::create());
  const llvm::StringRef Bytes(reinterpret_cast<const char *>(Data), Size);
#ifdef SNUG_FUZZ_ASSEMBLY
  llvm::Expected<Input> In = Input::fromAssembly(*T, Bytes, "fuzzed.s");
#else
  llvm::Expected<Input> In = Input::fromBytes(Bytes, "fuzzed.o");
#endif
  if (!In) {
    const std::string Message = llvm::toString(In.takeError());
    if (Message.empty() || Message.find('\n') != std::string::npos)
      std::abort();
    return 0;
  }
  for (const std::unique_ptr<Image> &I : In->Images) {
#ifndef SNUG_FUZZ_ASSEMBLY
    llvm::consumeError(I->addUnnamed()); // the message may have any number of lines; its caller makes it one
#endif
    Analyzer A(*T, *I);
    for (const Function &F : I->functions())
      describe(A, F, /*WithDetails=*/true);
  }
  return 0;
}
