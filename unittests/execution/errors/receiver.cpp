// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver without a function for an error that the sender may complete with.
// first error: connect: the receiver has no function for one of the sender's completions
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct values_only {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};

int main() {
  auto op = ex::connect(ex::just(1) | ex::then([](int x) { return x; }), values_only{});
  ex::start(op);
}
