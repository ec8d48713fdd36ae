// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Who asks for a stop when several could.
#include <snug/io/with_timeout.hpp>

#include "event_loop.hpp"
#include <snug/detail/assert.hpp>

#include <utility>

namespace snug::io::detail {

alarm::alarm(io_context &context, clock::time_point when) noexcept
    : timer_node(&expire), stop_callback_base(&stop), loop_(&context.loop()) {
  deadline = when;
}

inplace_stop_token alarm::arm(inplace_stop_token outside) noexcept {
  armed_ = true;
  attach(outside);
  if (source_.stop_requested()) {
    return source_.get_token();
  }
  if (deadline <= clock::now()) {
    was_first_ = source_.request_stop();
    return source_.get_token();
  }
  loop_->operation_started();
  if (!loop_->insert(*this)) {
    loop_->operation_finished();
    source_.request_stop(); // the context is going away
  }
  return source_.get_token();
}

void alarm::disarm() noexcept {
  if (!std::exchange(armed_, false)) {
    return;
  }
  detach();
  if (loop_->erase_or_wait(*this)) {
    loop_->operation_finished();
  }
  SNUG_ASSERT(!expiring_ && !passing_on_,
              "what with_timeout awaits was asked to stop, and has resumed the coroutine before request_stop() had "
              "returned: post() it to the executor instead");
}

// Base to derived, [expr.static.cast]/10 and 11: only alarms have these functions.
void alarm::expire(timer_node &node) noexcept {
  auto &self = static_cast<alarm &>(node);
  event_loop &loop = *self.loop_;
  self.expiring_ = true;
  bool const first = self.source_.request_stop();
  self.was_first_ = first && !loop.closing();
  self.expiring_ = false;
  loop.operation_finished();
}
void alarm::stop(snug::detail::stop_callback_base &callback) noexcept {
  auto &self = static_cast<alarm &>(callback);
  self.passing_on_ = true;
  self.source_.request_stop();
  self.passing_on_ = false;
}

} // namespace snug::io::detail
