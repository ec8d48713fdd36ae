// snug's own headers keep every rule: pipelines whose children are base classes, a foreign sender's in byte storage, and
// several children, with receivers inlined and stored. Stored, they are what stored-back-pointer is for. P3425R1.
// RUN: %verify_both %s
// RUN: %verify_both %s --checks=*,-stored-back-pointer,-inlining-did-not-happen -- -DSNUG_STORE_RECEIVERS=1
// expected-no-diagnostics
#include <snug/execution.hpp>

#include <utility>

namespace ex = snug::execution;

struct sink {
  using receiver_concept = ex::receiver_tag;
  int *result;
  void set_value(int v) && noexcept { *result = v; }
  void set_error(auto &&) && noexcept {}
  void set_stopped() && noexcept {}
};

int op4(int a, int b, int c) {
  int result = 0;
  auto sender = ex::just(a) | ex::then([b](int x) noexcept { return x + b; }) |
                ex::then([c](int x) noexcept { return x * c; }) | ex::then([](int x) noexcept { return x - 1; });
  auto op = ex::connect(std::move(sender), sink{&result});
  ex::start(op);
  return result;
}

int joined(int a, int b) {
  int result = 0;
  auto sender = ex::when_all(ex::just(a), ex::just(b) | ex::then([](int x) noexcept { return x + 1; })) |
                ex::then([](int x, int y) noexcept { return x + y; });
  auto op = ex::connect(std::move(sender), sink{&result});
  ex::start(op);
  return result;
}

int waited(int a) {
  ex::run_loop loop;
  loop.finish();
  auto [v] = *snug::this_thread::sync_wait(ex::just(a) | ex::then([](int x) noexcept { return x + 1; }));
  return v;
}
