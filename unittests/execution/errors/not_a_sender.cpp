// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A value where a sender is needed.
// first error: then_t
// names: sender
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  snug::this_thread::sync_wait(ex::then(42, [](int x) noexcept { return x; }));
}
