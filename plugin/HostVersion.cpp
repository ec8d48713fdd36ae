// Refuses a host of another major version, or of another kind, in one line, before anything of ours meets its other data
// structures.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "clang/Basic/Version.inc"

#include <cstdio>
#include <cstdlib>

// The build says whose host this is: the file's name, the program that loads it, and how that is called.
#if !defined(SNUG_MODULE) || !defined(SNUG_HOST) || !defined(SNUG_HOST_COMMAND)
#error "SNUG_MODULE, SNUG_HOST and SNUG_HOST_COMMAND name the module and its host"
#endif

// The C interface of LLVM is stable, so it can be asked in any version; weak, so that a host without it is no crash.
extern "C" __attribute__((weak)) void LLVMGetVersion(unsigned *Major, unsigned *Minor, unsigned *Patch);

// What only clang-tidy has: the head of its list of modules.
extern __attribute__((weak)) char ModulesOfClangTidy __asm__("_ZN4llvm8RegistryIN5clang4tidy15ClangTidyModuleEE4HeadE");

namespace {

[[noreturn]] void refuse() {
  std::fflush(stderr);
  std::_Exit(1);
}

/// Runs before the static objects that register the host's hooks: those already use LLVM's classes.
__attribute__((constructor(101))) void refuseOtherHosts() {
  unsigned Major = 0;
  unsigned Minor = 0;
  unsigned Patch = 0;
  if (LLVMGetVersion)
    LLVMGetVersion(&Major, &Minor, &Patch);
  if (Major != CLANG_VERSION_MAJOR) {
    std::fprintf(stderr,
                 "error: " SNUG_MODULE " was built for " SNUG_HOST " %d and cannot be loaded into " SNUG_HOST
                 " %u.%u.%u; use " SNUG_HOST_COMMAND "-%d or build snug with -DSNUG_LLVM_MAJOR=%u\n",
                 CLANG_VERSION_MAJOR, Major, Minor, Patch, CLANG_VERSION_MAJOR, Major);
    refuse();
  }
#ifndef SNUG_TIDY
  if (&ModulesOfClangTidy) {
    std::fputs("error: " SNUG_MODULE " is loaded by clang++ -fplugin=; clang-tidy --load= takes SnugTidyModule.so\n",
               stderr);
    refuse();
  }
#endif
}

} // namespace
