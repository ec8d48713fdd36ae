// P3425's example with a receiver of choice: RECEIVER is `empty_receiver` or `pointer_receiver`.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/execution.hpp>

namespace ex = snug::execution;

void sink(int) noexcept;

struct empty_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int x) && noexcept { sink(x); }
};
struct pointer_receiver {
  using receiver_concept = ex::receiver_tag;
  int *result;
  void set_value(int x) && noexcept { *result = x; }
};

template <class Receiver> auto connect_op4(int offset, int multiplier, int a, int b, int c, Receiver receiver) {
  return ex::connect(
      ex::then(ex::then(ex::then(ex::then(ex::just(a, b, c), [](int x, int y, int z) noexcept { return x + y + z; }),
                                 [=](int x) noexcept { return x * multiplier; }),
                        [=](int x) noexcept { return x + offset; }),
               [a](int x) noexcept { return a - x; }),
      receiver);
}

using op4 = decltype(connect_op4(0, 0, 0, 0, 0, empty_receiver{}));
using op4_pointer = decltype(connect_op4(0, 0, 0, 0, 0, pointer_receiver{}));
