// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver whose set_value may throw.
// first error: a receiver's set_value must be noexcept
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct throwing {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && {}
};

int main() {
  auto op = ex::connect(ex::just(1), throwing{});
  ex::start(op);
}
