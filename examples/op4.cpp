// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// P3425's example: how large the operation state of four nested adaptors is (24 bytes; 72 with
// -DSNUG_STORE_RECEIVERS=1).
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

namespace {

struct print_rcvr {
  using receiver_concept = ex::receiver_tag;
  void set_value(int x) && noexcept { std::printf("%d\n", x); }
};

} // namespace

__attribute__((noinline)) auto make_op(int offset, int multiplier, int a, int b, int c) {
  return ex::connect(
      ex::then(ex::then(ex::then(ex::then(ex::just(a, b, c), [](int x, int y, int z) noexcept { return x + y + z; }),
                                 [=](int x) noexcept { return x * multiplier; }),
                        [=](int x) noexcept { return x + offset; }),
               [a](int x) noexcept { return a - x; }),
      print_rcvr{});
}

__attribute__((noinline)) void start_op(auto &op) { ex::start(op); }

/// A name for what `snug layout --type=op4_state` shows.
using op4_state = decltype(make_op(0, 0, 0, 0, 0));

int main() {
  auto op = make_op(5, 2, 1, 2, 3);
  start_op(op);
  std::printf("op4 size = %zu\n", sizeof(op));
}
