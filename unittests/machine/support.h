// Shared parts of the machine tests: one Target for all, and functions from assembly text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_UNITTESTS_MACHINE_SUPPORT_H
#define SNUG_UNITTESTS_MACHINE_SUPPORT_H

#include "machine/Inputs.h"
#include "machine/Report.h"

#include <gtest/gtest.h>

namespace snug::machine::test {

inline const Target &target() {
  static const std::unique_ptr<Target> T = [] {
    auto Made = Target::create();
    if (!Made)
      llvm::report_fatal_error(Made.takeError());
    return std::move(*Made);
  }();
  return *T;
}

/// Assembles Intel syntax as the one function `f`; `ret` is added.
inline FunctionReport report(llvm::StringRef Body) {
  const std::string Text = ".intel_syntax noprefix\n.globl f\n.type f,@function\nf:\n" + Body.str() +
                           "\nret\n.size f, .-f\n.data\ntable: .quad 0, 0, 0\n";
  auto In = Input::fromAssembly(target(), Text, "test.s");
  if (!In) {
    ADD_FAILURE() << llvm::toString(In.takeError());
    return {};
  }
  Analyzer A(target(), *In->Images[0]);
  return describe(A, In->Images[0]->functions()[0], /*WithDetails=*/true);
}

} // namespace snug::machine::test

#endif
