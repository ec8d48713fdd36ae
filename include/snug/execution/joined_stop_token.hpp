// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A stop token made of two ([exec.stop.when]).
#ifndef SNUG_EXECUTION_JOINED_STOP_TOKEN_HPP
#define SNUG_EXECUTION_JOINED_STOP_TOKEN_HPP

#include <snug/detail/atomic.hpp>
#include <snug/execution/stop_hook.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace snug::execution::detail {

template <class First, class Second, class CallbackFn> class joined_stop_callback;

/// Asks for a stop when either of two tokens does.
///
/// State:      both tokens; 16 bytes for two inplace_stop_tokens (x86-64, Itanium ABI), held by
///             execution/stop_when_test.cpp.
/// Source:     [exec.stop.when].
template <class First, class Second> class joined_stop_token {
  template <class, class, class> friend class stop_hook;

public:
  template <class CallbackFn> using callback_type = joined_stop_callback<First, Second, CallbackFn>;

  constexpr joined_stop_token(First first, Second second) noexcept
      : first_(std::move(first)), second_(std::move(second)) {}

  constexpr bool stop_requested() const noexcept { return first_.stop_requested() || second_.stop_requested(); }
  constexpr bool stop_possible() const noexcept { return first_.stop_possible() || second_.stop_possible(); }
  friend bool operator==(joined_stop_token const &, joined_stop_token const &) noexcept = default;

private:
  [[no_unique_address]] First first_;
  [[no_unique_address]] Second second_;
};

struct hook_of_first {};
struct hook_of_second {};

// Op hears of the first request only. While it hears, the other hook may be entered, on any thread, but merely looks at
// the flag: so close() may be called by Op itself, and waits for nobody who waits for Op.
template <class Op, class First, class Second, class Tag>
class stop_hook<Op, joined_stop_token<First, Second>, Tag>
    : stop_hook<stop_hook<Op, joined_stop_token<First, Second>, Tag>, First, hook_of_first>,
      stop_hook<stop_hook<Op, joined_stop_token<First, Second>, Tag>, Second, hook_of_second> {
  using first = stop_hook<stop_hook, First, hook_of_first>;
  using second = stop_hook<stop_hook, Second, hook_of_second>;
  friend first;
  friend second;

public:
  static constexpr bool can_call = first::can_call || second::can_call;
  static constexpr bool opens_nothrow = first::opens_nothrow && second::opens_nothrow;

  constexpr stop_hook() noexcept {}

  constexpr void open(joined_stop_token<First, Second> token) noexcept(opens_nothrow) {
    first::open(std::move(token.first_));
    if constexpr (second::opens_nothrow) {
      second::open(std::move(token.second_));
    } else {
      try {
        second::open(std::move(token.second_));
      } catch (...) {
        first::close();
        throw;
      }
    }
  }
  constexpr void close() noexcept {
    first::close();
    second::close();
  }

private:
  constexpr void stop_from_outside() noexcept {
    if (snug::detail::fetch_or(called_, 1) == 0) {
      static_cast<Op &>(*this).stop_from_outside();
    }
  }

  std::uint8_t called_ = 0;
};

/// Calls a function once when either of two tokens asks for a stop.
///
/// State:      a callback for each token, 1 byte, and the function; 80 bytes for two inplace_stop_tokens and a
///             pointer (x86-64, Itanium ABI), held by execution/stop_when_test.cpp.
/// Threads:    as inplace_stop_callback.
template <class First, class Second, class CallbackFn>
class joined_stop_callback
    : stop_hook<joined_stop_callback<First, Second, CallbackFn>, joined_stop_token<First, Second>> {
  static_assert(std::invocable<CallbackFn> && std::destructible<CallbackFn>,
                "a stop callback takes no arguments [stoptoken.concepts]");
  using hook = stop_hook<joined_stop_callback, joined_stop_token<First, Second>>;
  friend hook;

public:
  using callback_type = CallbackFn;

  template <class Init>
    requires std::constructible_from<CallbackFn, Init>
  constexpr explicit joined_stop_callback(joined_stop_token<First, Second> token,
                                          Init &&init) noexcept(std::is_nothrow_constructible_v<CallbackFn, Init> &&
                                                                hook::opens_nothrow)
      : function_(static_cast<Init &&>(init)) {
    hook::open(std::move(token));
  }
  constexpr ~joined_stop_callback() { hook::close(); }

private:
  constexpr void stop_from_outside() noexcept { static_cast<CallbackFn &&>(function_)(); }

  [[no_unique_address]] CallbackFn function_;
};

} // namespace snug::execution::detail

#endif
