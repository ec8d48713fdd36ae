// The program: a process around one command line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CommandLine.h"

#include "llvm/Support/InitLLVM.h"

int main(int Argc, const char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  snug::tool::prepareCommandLine();
  return snug::tool::runCommandLine(Argc, Argv);
}
