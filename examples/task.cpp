// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks that await senders and senders made of tasks: work on two threads, an error, a stop.
#include <snug/execution.hpp>

#include <cstdio>
#include <thread>

namespace ex = snug::execution;

namespace {

// A thread that runs what is scheduled on its loop.
class worker {
public:
  worker() : thread_([this] { loop_.run(); }) {}
  ~worker() {
    loop_.finish();
    thread_.join();
  }
  ex::run_loop::scheduler scheduler() { return loop_.get_scheduler(); }

private:
  ex::run_loop loop_;
  std::thread thread_;
};

// Awaits what two threads compute at the same time, and goes on where it was: on its own scheduler.
ex::task<int> sum_of_squares(worker &first, worker &second, int a, int b) {
  auto const home = std::this_thread::get_id();
  auto [left, right] = co_await ex::when_all(ex::schedule(first.scheduler()) | ex::then([=] { return a * a; }),
                                             ex::schedule(second.scheduler()) | ex::then([=] { return b * b; }));
  std::printf("%d + %d, %s\n", left, right, std::this_thread::get_id() == home ? "at home" : "away");
  co_return left + right;
}

// An error of a sender, thrown where it is awaited; a typed error, without an exception on its way.
struct typed_errors {
  using error_types = ex::completion_signatures<ex::set_error_t(int)>;
};
ex::task<int, typed_errors> refuses(int value) {
  if (value > 10) {
    co_yield ex::with_error(value);
  }
  co_return value;
}
ex::task<int> asks_twice() {
  try {
    co_await refuses(25);
  } catch (int refused) {
    std::printf("refused %d\n", refused);
  }
  co_return co_await refuses(10);
}

// Asks for a stop, and whoever awaits it is gone: nothing after co_await runs.
ex::task<> gives_up() {
  co_await ex::just_stopped();
  std::puts("never printed");
}
ex::task<int> depends_on_it() {
  co_await gives_up();
  co_return 1;
}

ex::task<int> everything(worker &first, worker &second) {
  int const sum = co_await sum_of_squares(first, second, 3, 4);
  int const accepted = co_await asks_twice();
  int const given_up = co_await (depends_on_it() | ex::upon_stopped([] { return 7; }));
  co_return sum + accepted + given_up;
}

} // namespace

int main() {
  worker first;
  worker second;
  auto const [result] = *snug::this_thread::sync_wait(everything(first, second));
  std::printf("result = %d\n", result);
  auto const stopped = snug::this_thread::sync_wait(depends_on_it());
  std::printf("stopped = %s\n", stopped.has_value() ? "no" : "yes");
}
