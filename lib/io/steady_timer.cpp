// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Waiting for a point in time: who completes a wait when several could.
#include <snug/io/steady_timer.hpp>

#include "event_loop.hpp"
#include <snug/detail/assert.hpp>
#include <snug/io/detail/request.hpp>

#include <cerrno>
#include <coroutine>
#include <utility>

namespace snug::io {

steady_timer::steady_timer(io_context &context, clock::time_point when) noexcept
    : timer_node(&expire), work{nullptr, &resume}, stop_callback_base(&stop), loop_(&context.loop()) {
  deadline = when;
}

steady_timer::~steady_timer() {
  SNUG_ASSERT(
      !awaiting_,
      "a steady_timer is destroyed while a coroutine waits for it, or is queued to be resumed by it: cancel() it, "
      "and let the coroutine end or, if that was destroyed, the executor run what is queued");
}

void steady_timer::expires_at(clock::time_point when) noexcept {
  cancel();
  deadline = when;
}

void steady_timer::cancel() noexcept {
  if (loop_->erase(*this)) {
    complete(ECANCELED);
  }
}

bool steady_timer::start(coro h, detail::posting const &post, inplace_stop_token token) noexcept {
  SNUG_ASSERT(!awaiting_, "a coroutine waits for this steady_timer already: each has one of its own");
  error_ = ECANCELED;
  awaiting_ = h;
  post_ = post;
  stopping = false;
  detail::event_loop &loop = *loop_;
  loop.operation_started();
  attach(token); // calls stop() where that was requested already
  if (loop.insert(*this)) {
    return true;
  }
  detach();
  awaiting_ = nullptr;
  loop.operation_finished();
  return false;
}

// Once it is posted the coroutine may go on, and the timer be gone.
void steady_timer::complete(int error) noexcept {
  error_ = error;
  detail::event_loop &loop = *loop_;
  post_(this);
  loop.operation_finished();
}

// A timer that is posted stays with its executor, and resumes nobody.
void steady_timer::withdraw() noexcept {
  detach();
  if (loop_->erase(*this)) {
    awaiting_ = nullptr;
    loop_->operation_finished();
  } else {
    awaiting_ = std::noop_coroutine();
  }
}

// Base to derived, [expr.static.cast]/10 and 11: only timers have these functions.
void steady_timer::expire(timer_node &node) noexcept {
  auto &self = static_cast<steady_timer &>(node);
  self.complete(self.loop_->closing() ? ECANCELED : 0);
}
void steady_timer::resume(work *w) noexcept {
  auto &self = *static_cast<steady_timer *>(w);
  self.detach();
  std::exchange(self.awaiting_, nullptr).resume();
}
void steady_timer::stop(snug::detail::stop_callback_base &callback) noexcept {
  auto &self = static_cast<steady_timer &>(callback);
  if (self.loop_->erase_for_good(self)) {
    self.complete(ECANCELED);
  }
}

io_result<> steady_timer::wait_operation::await_resume() noexcept {
  suspended_ = false;
  return {asked_ && timer_->error_ != 0 ? detail::failure(timer_->error_) : std::error_code()};
}

} // namespace snug::io
