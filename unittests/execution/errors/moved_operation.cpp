// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An operation state that is to be moved.
// first error: deleted
// names: just_op
#include <snug/execution.hpp>

#include <utility>

namespace ex = snug::execution;

struct any {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};

int main() {
  auto op = ex::connect(ex::just(1), any{});
  auto moved = std::move(op);
  ex::start(moved);
}
