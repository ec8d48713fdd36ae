// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver whose environment does not say where the task is started.
// first error: task: the environment of the receiver offers no get_start_scheduler
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept {}
  void set_error(std::exception_ptr) && noexcept {}
  void set_stopped() && noexcept {}
};

ex::task<> returns() { co_return; }

int main() {
  auto op = ex::connect(returns(), receiver());
  ex::start(op);
}
