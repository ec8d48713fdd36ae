// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callable that returns a value where a sender is needed.
// first error: let_value, let_error, let_stopped: the callable must return a sender
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  snug::this_thread::sync_wait(ex::just(1) | ex::let_value([](int &x) noexcept { return x; }));
}
