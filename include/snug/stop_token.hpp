// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stop tokens ([thread.stoptoken]): how whoever waits for an operation asks it to stop.
#ifndef SNUG_STOP_TOKEN_HPP
#define SNUG_STOP_TOKEN_HPP

#include <snug/detail/atomic.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace snug {
namespace detail {

template <template <class> class> struct template_exists;

// Where the type of a token's callbacks is found: in the token, or in a specialisation for one that does not say it.
template <class Token> struct stop_callbacks {};
template <class Token>
  requires requires { typename template_exists<Token::template callback_type>; }
struct stop_callbacks<Token> {
  template <class CallbackFn> using type = typename Token::template callback_type<CallbackFn>;
};

} // namespace detail

/// A handle that tells whether a stop was requested and can call back when one is.
///
/// Source:     [stoptoken.concepts]. Differs: std::stop_token is one in C++20 too, with <snug/std_stop_token.hpp>.
template <class Token>
concept stoppable_token = std::copyable<Token> && std::equality_comparable<Token> && requires(Token const token) {
  typename detail::template_exists<detail::stop_callbacks<Token>::template type>;
  { token.stop_requested() } noexcept -> std::same_as<bool>;
  { token.stop_possible() } noexcept -> std::same_as<bool>;
  { Token(token) } noexcept;
};

/// A stoppable_token that is known at compile time never to ask for a stop.
///
/// Source:     [stoptoken.concepts]. Differs: stop_possible() is a static member, as no compiler but the newest can call
///             another one here.
template <class Token>
concept unstoppable_token =
    stoppable_token<Token> && requires { requires std::bool_constant<(!Token::stop_possible())>::value; };

/// The type of callback that a token registers for a function.
///
/// Source:     [thread.stoptoken.syn].
template <class Token, class CallbackFn>
using stop_callback_for_t = typename detail::stop_callbacks<Token>::template type<CallbackFn>;

/// A token that never asks anybody to stop.
///
/// State:      empty.
/// Source:     [stoptoken.never].
class never_stop_token {
  struct callback {
    constexpr explicit callback(never_stop_token, auto &&) noexcept {}
  };

public:
  template <class> using callback_type = callback;

  static constexpr bool stop_requested() noexcept { return false; }
  static constexpr bool stop_possible() noexcept { return false; }
  friend constexpr bool operator==(never_stop_token, never_stop_token) noexcept = default;
};

class inplace_stop_source;
class inplace_stop_token;

namespace detail {

// What an inplace_stop_source links into its list: a function, called once when a stop is requested. Operation states
// may derive from it instead of holding an inplace_stop_callback, and need no pointer to find themselves.
//
// link_ has one meaning at a time:
//   linked (previous_ is set)    next: the callback behind this one in the list
//   running                      destroyed: a flag of request_stop() that detach() sets on the thread of request_stop()
//   not attached, or run         null
class stop_callback_base {
public:
  using function = void(stop_callback_base &) noexcept;

  constexpr explicit stop_callback_base(function *call) noexcept : call_(call) {}
  stop_callback_base(stop_callback_base &&) = delete;

  /// Registers with a token's source; calls the function at once, and registers nothing, where a stop was requested
  /// already.
  constexpr void attach(inplace_stop_token token) noexcept;

  /// Unregisters. Waits for the function where another thread is in it; returns at once inside the function itself.
  constexpr void detach() noexcept;

private:
  friend inplace_stop_source;

  union link {
    stop_callback_base *next;
    bool *destroyed;
  };

  function *call_;
  inplace_stop_source *source_ = nullptr;
  stop_callback_base **previous_ = nullptr;
  link link_ = {.destroyed = nullptr};
};

} // namespace detail

template <class CallbackFn> class inplace_stop_callback;

/// Requests a stop from all operations that hold one of its tokens.
///
/// State:      16 bytes, 3 of them padding that a class derived from it uses (x86-64, Itanium ABI).
/// Threads:    every function may be called on any thread at any time; callbacks run inside request_stop().
/// Lifetime:   outlives its tokens and callbacks; cannot be moved.
/// Errors:     none; allocates nothing.
/// Complexity: stop_requested() is one load of one byte.
/// Source:     [stopsource.inplace].
class inplace_stop_source {
public:
  constexpr inplace_stop_source() noexcept = default;
  inplace_stop_source(inplace_stop_source &&) = delete;

  constexpr inplace_stop_token get_token() const noexcept;
  static constexpr bool stop_possible() noexcept { return true; }
  constexpr bool stop_requested() const noexcept { return (detail::load_acquire(state_) & requested) != 0; }

  /// Asks for a stop and runs the callbacks; false where somebody did so before.
  constexpr bool request_stop() noexcept {
    if (!std::is_constant_evaluated()) {
      return request_stop_on_threads();
    }
    if (stop_requested()) {
      return false;
    }
    state_ = requested;
    while (callbacks_ != nullptr) {
      detail::stop_callback_base &callback = *callbacks_;
      unlink(callback);
      callback.call_(callback);
    }
    return true;
  }

private:
  friend detail::stop_callback_base;

  static constexpr std::uint8_t requested = 1; // set once, never reset
  static constexpr std::uint8_t locked = 2;    // held for a few instructions, never while a callback runs

  constexpr void link(detail::stop_callback_base &callback) noexcept {
    callback.link_.next = callbacks_;
    callback.previous_ = &callbacks_;
    if (callbacks_ != nullptr) {
      callbacks_->previous_ = &callback.link_.next;
    }
    callbacks_ = &callback;
  }
  constexpr void unlink(detail::stop_callback_base &callback) noexcept {
    *callback.previous_ = callback.link_.next;
    if (callback.link_.next != nullptr) {
      callback.link_.next->previous_ = callback.previous_;
    }
    callback.previous_ = nullptr;
    callback.link_.destroyed = nullptr;
  }

  // lib/stop_token.cpp
  bool request_stop_on_threads() noexcept;
  bool add(detail::stop_callback_base &callback) noexcept;
  void remove(detail::stop_callback_base &callback) noexcept;
  void lock() noexcept;
  void unlock() noexcept;

  detail::stop_callback_base *callbacks_ = nullptr;
  std::uint32_t requesting_thread_ = 0; // the thread inside request_stop(), 0 for none
  std::uint8_t state_ = 0;
};

/// Tells whether its inplace_stop_source was asked to stop.
///
/// State:      8 bytes: a pointer to the source, null for a token of none.
/// Source:     [stoptoken.inplace].
class inplace_stop_token {
public:
  template <class CallbackFn> using callback_type = inplace_stop_callback<CallbackFn>;

  constexpr inplace_stop_token() noexcept = default;

  constexpr bool stop_requested() const noexcept { return source_ != nullptr && source_->stop_requested(); }
  constexpr bool stop_possible() const noexcept { return source_ != nullptr; }
  constexpr void swap(inplace_stop_token &other) noexcept { std::swap(source_, other.source_); }
  friend constexpr bool operator==(inplace_stop_token const &, inplace_stop_token const &) noexcept = default;

private:
  friend inplace_stop_source;
  friend detail::stop_callback_base;

  constexpr explicit inplace_stop_token(inplace_stop_source const *source) noexcept
      : source_(const_cast<inplace_stop_source *>(source)) {}

  inplace_stop_source *source_ = nullptr;
};

constexpr inplace_stop_token inplace_stop_source::get_token() const noexcept { return inplace_stop_token(this); }

/// Calls a function when a stop is requested, at the latest in the constructor if one was requested before.
///
/// State:      32 bytes and the function (x86-64, Itanium ABI).
/// Threads:    the function runs inside request_stop(), on its thread, or inside the constructor; the destructor waits
///             for it unless it is called from the function itself.
/// Lifetime:   the source outlives it; cannot be moved.
/// Source:     [stopcallback.inplace].
template <class CallbackFn> class inplace_stop_callback : detail::stop_callback_base {
  static_assert(std::invocable<CallbackFn> && std::destructible<CallbackFn>,
                "inplace_stop_callback: the function takes no arguments [stopcallback.inplace]");

public:
  using callback_type = CallbackFn;

  template <class Init>
    requires std::constructible_from<CallbackFn, Init>
  constexpr explicit inplace_stop_callback(inplace_stop_token token,
                                           Init &&init) noexcept(std::is_nothrow_constructible_v<CallbackFn, Init>)
      : stop_callback_base(&call), function_(static_cast<Init &&>(init)) {
    attach(token);
  }
  constexpr ~inplace_stop_callback() { detach(); }

private:
  // Base to derived, [expr.static.cast]/10: only this class hands its base out, with this function.
  static constexpr void call(stop_callback_base &base) noexcept {
    static_cast<CallbackFn &&>(static_cast<inplace_stop_callback &>(base).function_)();
  }

  [[no_unique_address]] CallbackFn function_;
};
template <class CallbackFn> inplace_stop_callback(inplace_stop_token, CallbackFn) -> inplace_stop_callback<CallbackFn>;

namespace detail {

constexpr void stop_callback_base::attach(inplace_stop_token token) noexcept {
  if (token.source_ == nullptr) {
    return;
  }
  inplace_stop_source &source = *token.source_;
  bool attached = !source.stop_requested();
  if (!std::is_constant_evaluated()) {
    attached = source.add(*this);
  } else if (attached) {
    source_ = &source;
    source.link(*this);
  }
  if (!attached) {
    call_(*this);
  }
}

constexpr void stop_callback_base::detach() noexcept {
  if (source_ == nullptr) {
    return;
  }
  inplace_stop_source &source = *source_;
  source_ = nullptr;
  if (!std::is_constant_evaluated()) {
    source.remove(*this);
  } else if (previous_ != nullptr) {
    source.unlink(*this);
  }
}

} // namespace detail
} // namespace snug

#endif
