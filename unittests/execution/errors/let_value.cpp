// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callable that takes the value, but not as an lvalue of the type that was sent.
// first error: let_value: the callable cannot be called with lvalues of what the sender completes with
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  snug::this_thread::sync_wait(ex::just(1L) | ex::let_value([](int &x) noexcept { return ex::just(x); }));
}
