// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes without a value, of which stopped_as_optional can make no optional.
// first error: stopped_as_optional: the sender must complete with values, in one way
// names: just_sender
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto &&...) && noexcept {}
  void set_stopped() && noexcept {}
};

int main() { auto op = ex::connect(ex::stopped_as_optional(ex::just()), receiver{}); }
