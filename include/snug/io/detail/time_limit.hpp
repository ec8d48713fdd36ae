// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An operation of a socket that ends when its time has come: with_timeout of that needs neither a stop source nor an
// environment of its own, as the loop can cancel the request by itself.
#ifndef SNUG_IO_DETAIL_TIME_LIMIT_HPP
#define SNUG_IO_DETAIL_TIME_LIMIT_HPP

#include <snug/io/detail/deadline.hpp>
#include <snug/io/detail/posting.hpp>
#include <snug/io/detail/request.hpp>
#include <snug/io/detail/timer_node.hpp>
#include <snug/io/executor.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <utility>

namespace snug::io::detail {

class event_loop;

struct time_limit : timer_node {
  time_limit(event_loop &l, clock::time_point when, void (*function)(timer_node &) noexcept) noexcept
      : timer_node(function), keeper(&l) {
    deadline = when;
  }

  event_loop *keeper; // of the time; the socket's may be another
};

// lib/io/descriptor.cpp. As later(), with a limit that begins once nothing of an earlier request can be mistaken for it.
bool later_within(request &r, side s, coro h, posting const &post, inplace_stop_token stop, time_limit &limit) noexcept;
// The time has come: on the thread of the limit's loop.
void run_out(request &r, side s, event_loop &loop) noexcept;
// After each of these nobody is in run_out(): where the coroutine is destroyed while it waits, before withdraw();
void withdraw_limit(request &r, side s, time_limit &limit) noexcept;
// and first of all where it was resumed.
void resume_within(request &r, side s, time_limit &limit) noexcept;

template <class Operation> class [[nodiscard]] timed_operation : time_limit, Operation {
public:
  timed_operation(event_loop &loop, clock::time_point deadline, Operation &&limited)
      : time_limit(loop, deadline, &expire), Operation(std::move(limited)) {}
  timed_operation(timed_operation &&) = delete;
  ~timed_operation() {
    if (this->suspended) {
      withdraw_limit(*this, Operation::direction, *this);
    }
  }

  using Operation::await_ready;
  template <executor_handle Handle> bool await_suspend(coro h, Handle ex, inplace_stop_token stop) noexcept {
    return later_within(*this, Operation::direction, h, posting(ex), stop, *this);
  }
  auto await_resume() noexcept {
    if (this->suspended) {
      resume_within(*this, Operation::direction, *this);
    }
    return Operation::await_resume();
  }

private:
  // Base to derived, [expr.static.cast]/11: only timed operations of this type have this function.
  static void expire(timer_node &node) noexcept {
    auto &self = static_cast<timed_operation &>(node);
    run_out(self, Operation::direction, *self.keeper);
  }
};

// Whether that can be cancelled by its request.
template <class A>
concept is_operation = std::derived_from<A, request> && requires {
  { A::direction } -> std::convertible_to<side>;
};

} // namespace snug::io::detail

#endif
