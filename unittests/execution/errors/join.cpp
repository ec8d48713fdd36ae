// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A join without a scheduler to come back to.
// first error: join: the environment of the receiver names no scheduler to complete on (get_start_scheduler)
// names: env<>
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct forgetful {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept {}
};

int main() {
  ex::counting_scope scope;
  auto op = ex::connect(scope.join(), forgetful{});
  ex::start(op);
}
