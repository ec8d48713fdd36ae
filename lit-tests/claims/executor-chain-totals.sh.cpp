// CLAIM: N nested tasks hold 8 + 32N bytes of executors as executor_ref, 16 + 16N as executor_base*: 40, 136, 328 and 3208
//   against 32, 80, 176 and 1616 for N = 1, 4, 10 and 100; 8, 56, 152 and 1592 saved
// SOURCE: Executor Storage, "Total Memory for N Nested Tasks"
// VERDICT: reproduced (from the promises of real chains; with one pointer to an environment 40 + 8N, stop tokens included)
// UNSUPPORTED: sanitized
// RUN: %compile %s %build_root/lib/libsnug.a -o %t && %t > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: executor_ref, N = 1, 4, 10, 100: 40 136 328 3208 bytes
// MEASURED: executor_ptr, N = 1, 4, 10, 100: 32 80 176 1616 bytes
// MEASURED: saved: 8 56 152 1592 bytes
// MEASURED: with stop tokens, executor_ref: 56 176 416 4016 bytes
// MEASURED: with stop tokens, executor_ptr: 48 120 264 2424 bytes
// MEASURED: with stop tokens, env_ptr: 48 72 120 840 bytes
#include "Inputs/executors.hpp"

#include <cstdio>

namespace {

constexpr std::size_t depths[] = {1, 4, 10, 100};

// A chain of N tasks, each awaiting the next, that adds up what the promises on the way hold.
template <class Design, class Handle> class chain {
public:
  static std::size_t executors_of(std::size_t n) { return of(n).executors; }
  static std::size_t contexts_of(std::size_t n) { return of(n).contexts; }

private:
  struct sums {
    std::size_t executors = Design::root_executor;
    std::size_t contexts = sizeof(typename Design::root_promise);
  };

  static io::basic_task<Handle> level(std::size_t left, sums &to) {
    to.executors += Design::task_executors;
    to.contexts += sizeof(io::detail::task_context<Handle>);
    if (left != 1) {
      co_await level(left - 1, to);
    }
  }
  static sums of(std::size_t n) {
    context ctx;
    sums result;
    if constexpr (std::is_same_v<Design, by_ref>) {
      io::async_run(plain_executor{&ctx}, level(n, result));
    } else {
      io::async_run(base_executor(ctx), level(n, result));
    }
    return result;
  }
};

template <class F> void print(char const *what, F &&bytes) {
  std::printf("%s:", what);
  for (std::size_t const n : depths) {
    std::printf(" %zu", bytes(n));
  }
  std::puts(" bytes");
}

} // namespace

int main() {
  using ref = chain<by_ref, io::executor_ref>;
  using ptr = chain<by_ptr, io::executor_ptr>;
  print("executor_ref, N = 1, 4, 10, 100", [](std::size_t n) { return ref::executors_of(n); });
  print("executor_ptr, N = 1, 4, 10, 100", [](std::size_t n) { return ptr::executors_of(n); });
  print("saved", [](std::size_t n) { return ref::executors_of(n) - ptr::executors_of(n); });
  print("with stop tokens, executor_ref", [](std::size_t n) { return ref::contexts_of(n); });
  print("with stop tokens, executor_ptr", [](std::size_t n) { return ptr::contexts_of(n); });
  print("with stop tokens, env_ptr", [](std::size_t n) { return chain<by_env, io::env_ptr>::contexts_of(n); });
}
