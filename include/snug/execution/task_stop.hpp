// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where the stop token of a task comes from ([task.state]).
#ifndef SNUG_EXECUTION_TASK_STOP_HPP
#define SNUG_EXECUTION_TASK_STOP_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/stop_hook.hpp>
#include <snug/stop_token.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <class Source> using token_of_source_t = decltype(std::declval<Source &>().get_token());

// Nothing to do: the receiver's token is of the task's type and handed on, or it never asks and a token of no source
// does as well.
template <class Token, class OuterToken>
concept handed_on_token = snug::detail::is_same<Token, OuterToken> ||
                          (unstoppable_token<OuterToken> && std::is_default_constructible_v<Token>);

/// The stop token of a task whose receiver has one of another type: of a source that follows the receiver's.
///
/// The source is one of Op's members, and a request may complete Op in the middle of source.request_stop(): then
/// defer() holds the completion back until that call has returned. On another thread close() waits for it.
template <class Op, class Source, class OuterToken>
class task_stop : private stop_hook<task_stop<Op, Source, OuterToken>, OuterToken> {
  using hook = stop_hook<task_stop, OuterToken>;
  friend hook;

  // The calls of request_stop() that this thread is in. Op lives as long as its call is in the list.
  struct request {
    explicit request(task_stop const *op) noexcept : op_(op), outer_(innermost) { innermost = this; }
    request(request &&) = delete;
    ~request() { innermost = outer_; }

    static inline constinit thread_local request *innermost = nullptr;

    task_stop const *op_;
    request *outer_;
    bool is_completed = false;
    bool is_stopped = false;
  };

protected:
  task_stop() = default;

  void open(OuterToken token) noexcept { hook::open(std::move(token)); }
  void close() noexcept { hook::close(); }
  token_of_source_t<Source> token(OuterToken const &) noexcept { return source_.get_token(); }

  bool defer(bool stopped) noexcept {
    for (request *call = request::innermost; call != nullptr; call = call->outer_) {
      if (call->op_ == this) {
        call->is_completed = true;
        call->is_stopped = stopped;
        return true;
      }
    }
    return false;
  }

private:
  void stop_from_outside() noexcept {
    bool completed = false;
    bool stopped = false;
    {
      request call(this);
      source_.request_stop();
      completed = call.is_completed;
      stopped = call.is_stopped;
    }
    if (completed) {
      static_cast<Op &>(*this).finish(stopped);
    }
  }

  Source source_;
};

template <class Op, class Source, class OuterToken>
  requires handed_on_token<token_of_source_t<Source>, OuterToken>
class task_stop<Op, Source, OuterToken> {
  using token_t = token_of_source_t<Source>;

protected:
  static constexpr void open(OuterToken const &) noexcept {}
  static constexpr void close() noexcept {}
  static constexpr bool defer(bool) noexcept { return false; }
  static constexpr token_t token([[maybe_unused]] OuterToken const &outer) noexcept {
    if constexpr (snug::detail::is_same<token_t, OuterToken>) {
      return outer;
    } else {
      return token_t();
    }
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
