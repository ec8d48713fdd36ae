// Refuses a clang of another major version in one line, before anything of ours meets its other data structures.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "clang/Basic/Version.inc"

#include <cstdio>
#include <cstdlib>

// The C interface of LLVM is stable, so it can be asked in any version; weak, so that a host without it is no crash.
extern "C" __attribute__((weak)) void LLVMGetVersion(unsigned *Major, unsigned *Minor, unsigned *Patch);

namespace {

/// Runs before the static objects that register the plugin: those already use LLVM's classes.
__attribute__((constructor(101))) void refuseOtherVersions() {
  unsigned Major = 0;
  unsigned Minor = 0;
  unsigned Patch = 0;
  if (LLVMGetVersion)
    LLVMGetVersion(&Major, &Minor, &Patch);
  if (Major == CLANG_VERSION_MAJOR)
    return;
  std::fprintf(
      stderr,
      "error: SnugPlugin.so was built for clang %d and cannot be loaded into clang %u.%u.%u; use clang++-%d or "
      "build snug with -DSNUG_LLVM_MAJOR=%u\n",
      CLANG_VERSION_MAJOR, Major, Minor, Patch, CLANG_VERSION_MAJOR, Major);
  std::_Exit(1);
}

} // namespace
