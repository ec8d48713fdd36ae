// Children that domains transform are built where they live, too: what connect() returns is an object that nothing lies
// around, to optimizers and sanitizers, and a child that asks for its environment while it is connected looks around.
// RUN: %compile -O1 -fsanitize=object-size -fno-sanitize-recover=all %s -o %t
// RUN: %t | FileCheck %s
// CHECK: 42
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

struct prints {
  using receiver_concept = ex::receiver_tag;
  void set_value(int value) && noexcept { std::printf("%d\n", value); }
  void set_error(auto &&) && noexcept { std::puts("error"); }
  void set_stopped() && noexcept { std::puts("stopped"); }
  static auto get_env() noexcept { return ex::prop(ex::get_start_scheduler, ex::inline_scheduler()); }
};

int main() {
  ex::inline_scheduler const here;
  auto op =
      ex::connect(ex::just() | ex::let_value([here] { return ex::on(here, ex::on(here, ex::just(42))); }), prints{});
  ex::start(op);
}
