// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver that does not say that it is one.
// first error: connect_t
// names: receiver
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct nameless {
  void set_value(int) && noexcept {}
};

int main() {
  auto op = ex::connect(ex::just(1), nameless{});
  ex::start(op);
}
