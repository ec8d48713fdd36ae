// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callable that takes the value, but not as an lvalue behind an index.
// first error: bulk: the callable cannot be called with an index and lvalues of what the sender completes with
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  snug::this_thread::sync_wait(ex::just(1) | ex::bulk(ex::par, 4, [](int &) noexcept {}));
}
