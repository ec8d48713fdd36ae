// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waits for values that never come.
// first error: sync_wait_with_variant: the sender never completes with values [exec.sync.wait.var]
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() { snug::this_thread::sync_wait_with_variant(ex::just_error(1)); }
