// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// P3425's tree: two branches of schedule and three then, joined. Stored receivers hold 9 pointers that constant offsets
// replace: 8 between the operations and the root's.
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

namespace tree::inline SNUG_ABI_NAMESPACE {

struct the_child {};

// The root: owns the operation as a child, so that nothing in it stores a receiver.
template <class Sndr> class root : public ex::child_for<root<Sndr>, the_child, ex::env<>, Sndr> {
  using child = ex::child_for<root, the_child, ex::env<>, Sndr>;

public:
  explicit root(Sndr &&sndr) : child(static_cast<Sndr &&>(sndr)) {}
  void start() noexcept { child::start_child(); }

  void complete(the_child, ex::set_value_t, int x, int y) noexcept { std::printf("%d and %d\n", x, y); }
  void complete(the_child, ex::set_stopped_t) noexcept { std::puts("stopped"); }
  static ex::env<> get_env(the_child, root &) noexcept { return {}; }
};

} // namespace tree::inline SNUG_ABI_NAMESPACE

int main() {
  ex::run_loop loop;
  auto const sch = loop.get_scheduler();
  auto branch = [&](int a, int b, int c) {
    return ex::schedule(sch) | ex::then([a]() noexcept { return a; }) |
           ex::then([b](int x) noexcept { return x ^ b; }) | ex::then([c](int x) noexcept { return x + c; });
  };
  tree::root op(ex::when_all(branch(1, 2, 3), branch(4, 5, 6)));
  op.start();
  loop.finish();
  loop.run();
  std::printf("tree size = %zu\n", sizeof(op));
}
