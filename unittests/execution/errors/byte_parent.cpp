// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A parent without a data member of its own, whose bytes a laundered pointer to its child could reach.
// first error: P6: the parent must not be pointer-interconvertible with its slot
// modes: 0
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct tag {};
using just_int = decltype(ex::just(1));
struct parent : ex::child_operation_state<parent, tag, ex::env<>, just_int> {
  parent() : ex::child_operation_state<parent, tag, ex::env<>, just_int>(ex::just(1)) {}
  void start() noexcept { start_child(); }
  void complete(tag, ex::set_value_t, int) noexcept {}
  ex::env<> get_env(tag) noexcept { return {}; }
};

int main() {
  parent op;
  op.start();
}
