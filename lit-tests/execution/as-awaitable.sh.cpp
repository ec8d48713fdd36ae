// COVERS: [exec.as.awaitable]
// COVERS: [exec.with.awaitable.senders]
// WITHOUT TWIN awaiter: the awaiter is the operation state of the sender, the coroutine its frame
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: awaiter: 40 bytes inlined, 56 stored
// MEASURED: awaiter, start: 34 insns 6 loads chain 2 inlined; 34 insns 6 loads chain 2 stored
#include "Inputs/measured.hpp"

#include <coroutine>

struct coroutine {
  struct promise_type : ex::with_awaitable_senders<promise_type> {
    coroutine get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() noexcept {}
  };
};
inline auto scheduled(ex::run_loop &loop, int a) {
  return ex::schedule(loop.get_scheduler()) | ex::then([a]() noexcept { return a; });
}
using op_awaiter = decltype(ex::as_awaitable(scheduled(*static_cast<ex::run_loop *>(nullptr), 0),
                                             *static_cast<coroutine::promise_type *>(nullptr)));
void start_awaiter(op_awaiter &op) noexcept {
  sink(op.await_suspend(std::coroutine_handle<coroutine::promise_type>()));
}
