// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver that is completed without being given up.
// first error: set_value takes a receiver that is a non-const rvalue
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct any {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};

int main() {
  any receiver;
  ex::set_value(receiver, 1);
}
