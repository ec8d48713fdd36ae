// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that holds what cannot be copied and is not given up.
// first error: connect: the sender is an lvalue and cannot be copied; std::move it
// names: unique
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct unique {
  unique() = default;
  unique(unique &&) = default;
};

int main() {
  auto sender = ex::just(unique{}) | ex::then([](unique &&) noexcept {});
  snug::this_thread::sync_wait(sender);
}
