// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that never completes with values.
// first error: sync_wait: the sender must complete with values in exactly one way
#include <snug/execution.hpp>

int main() { snug::this_thread::sync_wait(snug::execution::just_stopped()); }
