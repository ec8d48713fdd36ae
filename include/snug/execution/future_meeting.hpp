// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where an operation that runs and whoever wants its result find each other ([exec.spawn.future]).
#ifndef SNUG_EXECUTION_FUTURE_MEETING_HPP
#define SNUG_EXECUTION_FUTURE_MEETING_HPP

#include <snug/detail/atomic.hpp>
#include <snug/stop_token.hpp>

#include <cstdint>

namespace snug::execution::detail {

enum class future_end : bool { result, stopped };

/// Who waits for a result; told once how the waiting ends.
struct future_consumer {
  using function = void(future_consumer &, future_end) noexcept;

  explicit future_consumer(function *end) noexcept : finish(end) {}
  future_consumer(future_consumer &&) = delete;

  function *finish;
};

/// What the operation and its consumer share: a stop source for the operation, one word for who came first, and a
/// count of those who must leave before it may be destroyed. These are the operation until it has completed, the
/// consumer's side until it has the result or gave up, and whoever is asking the operation to stop: that may complete
/// it, and deliver the result, inside.
///
/// The word, from nothing on:
///   nothing     -> completed     the result waits for a consumer
///               -> a consumer    -> completed: it gets the result; -> abandoned: it is stopped
///               -> stop_asked    a stop was asked for just before the consumer came -> abandoned, or completed
///               -> abandoned     nobody wants the result
/// State:      24 bytes (x86-64, Itanium ABI).
class future_meeting : inplace_stop_source {
public:
  enum class answer : std::uint8_t { waits, completed, stopped };

  future_meeting() noexcept = default;

  /// The operation has completed. Returns who waits for that, if anybody.
  future_consumer *complete() noexcept { return consumer_in(snug::detail::exchange(word_, completed)); }

  /// Somebody wants the result. Where it waits, it may be told and gone before this returns.
  answer consume(future_consumer &consumer) noexcept {
    std::uintptr_t before = nothing;
    if (snug::detail::compare_exchange(word_, before, reinterpret_cast<std::uintptr_t>(&consumer))) {
      return answer::waits;
    }
    if (before == stop_asked && snug::detail::compare_exchange(word_, before, abandoned)) {
      return answer::stopped;
    }
    return answer::completed;
  }

  /// Nobody wants the result. True where there is none yet.
  bool abandon() noexcept {
    std::uintptr_t before = nothing;
    return snug::detail::compare_exchange(word_, before, abandoned);
  }

  /// Whoever wants the result was asked to stop. Returns who waited until now, if anybody.
  future_consumer *try_set_stopped() noexcept {
    std::uintptr_t before = snug::detail::load_acquire(word_);
    while (before == nothing || consumer_in(before) != nullptr) {
      if (snug::detail::compare_exchange(word_, before, before == nothing ? stop_asked : abandoned)) {
        return consumer_in(before);
      }
    }
    return nullptr;
  }

  /// Of the operation; by name, since the operation may have a stop source among its own bases.
  inplace_stop_token operation_token() const noexcept { return get_token(); }
  // The same, also while bases of the operation that follow this one are under construction ([class.base.init]/16).
  static inplace_stop_token token_of(future_meeting const &self) noexcept { return self.get_token(); }
  void stop_operation() noexcept { request_stop(); }

  void stay() noexcept { snug::detail::add_share(owners_); }
  /// True for the last one.
  bool leave() noexcept { return snug::detail::last_arrival_of_extensible(owners_); }

private:
  static constexpr std::uintptr_t nothing = 0;
  static constexpr std::uintptr_t completed = 1;
  static constexpr std::uintptr_t stop_asked = 2;
  static constexpr std::uintptr_t abandoned = 3; // above it: the address of the consumer

  static future_consumer *consumer_in(std::uintptr_t word) noexcept {
    return word > abandoned ? reinterpret_cast<future_consumer *>(word) : nullptr;
  }

  std::uint8_t owners_ = 2;
  std::uintptr_t word_ = nothing;
};

} // namespace snug::execution::detail

#endif
