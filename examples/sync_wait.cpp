// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Two values, joined and waited for: no operation state below stores a receiver, the one of sync_wait included.
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

int main() {
  auto [sum] = *snug::this_thread::sync_wait(ex::when_all(ex::just(40), ex::just(2)) |
                                             ex::then([](int a, int b) noexcept { return a + b; }));
  std::printf("sum = %d\n", sum);
}
