// CLAIM: the abstract base saves 56 bytes per call chain of four levels (session, request, read, I/O)
// SOURCE: Executor Storage, "Conclusion"
// VERDICT: reproduced (56 bytes less in the promises and in the frames; one pointer to an environment saves 104 in the promises)
// UNSUPPORTED: sanitized
// RUN: %compile %s %build_root/lib/libsnug.a -o %t && %t > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: promises of root and four levels: executor_ref 240 bytes, executor_ptr 184, env_ptr 136
// MEASURED: saved by executor_ptr: 56 bytes in the promises, 56 in the frames
#include "Inputs/executors.hpp"

#include <cstdio>

namespace {

std::size_t frames;

template <class Handle> struct levels {
  template <class T = void> using task = io::basic_task<Handle, T>;

  // Called through pointers, so that each level has a frame of its own, as across translation units.
  static task<> io_level(std::size_t n) {
    frames += __builtin_coro_size();
    static_cast<void>(n);
    co_return;
  }
  static task<> read(std::size_t n) {
    frames += __builtin_coro_size();
    task<> (*volatile next)(std::size_t) = io_level;
    co_await next(n);
  }
  static task<> request(std::size_t n) {
    frames += __builtin_coro_size();
    task<> (*volatile next)(std::size_t) = read;
    co_await next(n);
  }
  static task<> session(std::size_t n) {
    frames += __builtin_coro_size();
    task<> (*volatile next)(std::size_t) = request;
    co_await next(n);
  }
};

template <class Design> constexpr std::size_t promises =
    sizeof(typename Design::root_promise) + 4 * sizeof(typename Design::task_promise);

template <class Handle, class Executor> std::size_t frames_of(Executor const &ex) {
  frames = 0;
  io::async_run(ex, levels<Handle>::session(1));
  return frames + sizeof(typename io::root_task<Handle, Executor>::promise_type);
}

} // namespace

int main() {
  context ctx;
  std::printf("promises of root and four levels: executor_ref %zu bytes, executor_ptr %zu, env_ptr %zu\n",
              promises<by_ref>, promises<by_ptr>, promises<by_env>);
  std::printf("saved by executor_ptr: %zu bytes in the promises, %zu in the frames\n",
              promises<by_ref> - promises<by_ptr>,
              frames_of<io::executor_ref>(plain_executor{&ctx}) - frames_of<io::executor_ptr>(base_executor(ctx)));
}
