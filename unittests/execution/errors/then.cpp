// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callable that does not take the values.
// first error: then: the callable cannot be called with the values that the sender completes with
#include <snug/execution.hpp>
#include <string>

namespace ex = snug::execution;

int main() {
  snug::this_thread::sync_wait(ex::just(std::string("x")) | ex::then([](int) noexcept { return 1; }) |
                               ex::then([](int i) { return i; }));
}
