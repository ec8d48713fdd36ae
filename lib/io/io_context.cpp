// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The functions of io_context that need the loop.
#include <snug/io/io_context.hpp>

#include "event_loop.hpp"

#include <cstdint>

namespace snug::io {

using detail::event_loop;

namespace {

constexpr std::size_t no_limit = SIZE_MAX;

} // namespace

io_context::io_context() : loop_(new event_loop) {}
io_context::~io_context() { delete loop_; }

std::size_t io_context::run() noexcept { return loop_->run(no_limit, event_loop::waiting::yes); }
std::size_t io_context::run_one() noexcept { return loop_->run(1, event_loop::waiting::yes); }
std::size_t io_context::poll() noexcept { return loop_->run(no_limit, event_loop::waiting::no); }
std::size_t io_context::poll_one() noexcept { return loop_->run(1, event_loop::waiting::no); }
std::size_t io_context::run_until(std::chrono::steady_clock::time_point deadline) noexcept {
  return loop_->run(no_limit, event_loop::waiting::yes, deadline);
}
void io_context::stop() noexcept { loop_->stop(); }
bool io_context::stopped() const noexcept { return loop_->stopped(); }
void io_context::restart() noexcept { loop_->restart(); }

coro io_context::executor::dispatch(coro h) const noexcept {
  event_loop &loop = *context_->loop_;
  if (loop.running_here()) {
    return h;
  }
  loop.post(loop.resumptions().make(h));
  return std::noop_coroutine();
}

void io_context::executor::post(work *w) const noexcept { context_->loop_->post(w); }

bool io_context::executor::running_in_this_thread() const noexcept { return context_->loop_->running_here(); }

io_context::work_guard::work_guard(io_context &context) noexcept : context_(&context) {
  context.loop().operation_started();
}

void io_context::work_guard::reset() noexcept {
  if (io_context *const context = std::exchange(context_, nullptr)) {
    context->loop().operation_finished();
  }
}

} // namespace snug::io
