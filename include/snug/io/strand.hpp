// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs one thing at a time, on an executor of several threads.
#ifndef SNUG_IO_STRAND_HPP
#define SNUG_IO_STRAND_HPP

#include <snug/detail/traits.hpp>
#include <snug/io/executor.hpp>

#include <utility>

namespace snug::io {

namespace detail {

class strand_queue;

// What a strand runs on.
struct strand_target {
  void (*post)(strand_target &self, work *w) noexcept;
  void (*destroy)(strand_target *self) noexcept;
};

template <executor Executor> struct strand_target_on : strand_target {
  explicit strand_target_on(Executor const &on) : strand_target{&post_to, &destroy_this}, ex(on) {}

  // Base to derived, [expr.static.cast]/11: both functions are handed out with such an object.
  static void post_to(strand_target &self, work *w) noexcept { static_cast<strand_target_on &>(self).ex.post(w); }
  static void destroy_this(strand_target *self) noexcept { delete static_cast<strand_target_on *>(self); }

  Executor ex;
};

} // namespace detail

/// An executor that runs its work and its coroutines one after the other, in the order in which they were posted, on
/// whatever threads another executor has.
///
/// `async_run(strand(context.get_executor()), session(socket));`: nothing of the session overlaps, and it needs no lock.
/// State:      16 bytes: the functions and the queue, which copies share; held by io/sizes_test.cpp. One allocation when it
///             is made, one more for each coroutine queued at the same time by dispatch().
/// Threads:    everything may be called on any thread.
/// Lifetime:   the queue lives as long as a copy, or as something is in it.
/// Errors:     the constructor throws std::bad_alloc; nothing else does.
/// Complexity: one compare-and-swap to post; what it runs is posted to the other executor in batches.
class strand final : public executor_base {
public:
  // In this order: whether a strand is an executor is not asked while it is being answered.
  template <class Executor>
    requires(!snug::detail::is_same<Executor, strand> && executor<Executor>)
  explicit strand(Executor const &on) : strand(new detail::strand_target_on<Executor>(on)) {}
  strand(strand const &other) noexcept;
  strand &operator=(strand other) noexcept {
    std::swap(queue_, other.queue_);
    return *this;
  }
  ~strand() override;

  /// h itself inside the strand; elsewhere h is queued.
  coro dispatch(coro h) const noexcept override;
  void post(work *w) const noexcept override;

  /// Whether the calling thread runs something of the strand.
  bool running_in_this_thread() const noexcept;

  friend bool operator==(strand const &a, strand const &b) noexcept { return a.queue_ == b.queue_; }

private:
  explicit strand(detail::strand_target *target);

  detail::strand_queue *queue_;
};

} // namespace snug::io

#endif
