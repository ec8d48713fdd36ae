// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How an operation follows a stop token without keeping a pointer to itself.
#ifndef SNUG_EXECUTION_STOP_HOOK_HPP
#define SNUG_EXECUTION_STOP_HOOK_HPP

#include <snug/detail/construct.hpp>
#include <snug/stop_token.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail {

/// A base class of Op that calls Op::stop_from_outside() when a token asks for a stop between open() and close().
///
/// Op befriends the hook where it derives from it privately; Tag tells several hooks of one Op apart. open() may call
/// the function before it returns, and another thread may call it meanwhile; close() waits for it unless it is called
/// from the function itself.
///
/// State:      32 bytes for an inplace_stop_token, none for a token that never asks; this one, for any other token, its
///             callback, which must be told where Op is.
template <class Op, class Token, class Tag = void> class stop_hook {
  struct from_outside {
    Op *op;
    constexpr void operator()() noexcept { op->stop_from_outside(); }
  };
  using callback = stop_callback_for_t<Token, from_outside>;

public:
  static constexpr bool can_call = true;
  static constexpr bool opens_nothrow = std::is_nothrow_constructible_v<callback, Token, from_outside>;

  constexpr stop_hook() noexcept {}
  stop_hook(stop_hook &&) = delete;
  constexpr ~stop_hook() {}

  constexpr void open(Token token) noexcept(opens_nothrow) {
    std::construct_at(&callback_, std::move(token), from_outside{&static_cast<Op &>(*this)});
  }
  constexpr void close() noexcept { std::destroy_at(&callback_); }

private:
  union {
    callback callback_;
  };
};

// The callback is a base of its own here, and Op is found from its address.
template <class Op, class Tag> class stop_hook<Op, inplace_stop_token, Tag> : snug::detail::stop_callback_base {
public:
  static constexpr bool can_call = true;
  static constexpr bool opens_nothrow = true;

  constexpr stop_hook() noexcept : stop_callback_base(&call) {}

  constexpr void open(inplace_stop_token token) noexcept { attach(token); }
  constexpr void close() noexcept { detach(); }

private:
  // Base to derived, twice, [expr.static.cast]/10: only this class hands its callback out, and Op is the class that
  // names itself as the first argument of its base.
  static constexpr void call(stop_callback_base &base) noexcept {
    static_cast<Op &>(static_cast<stop_hook &>(base)).stop_from_outside();
  }
};

// Nobody outside can ask.
template <class Op, class Token, class Tag>
  requires unstoppable_token<Token>
class stop_hook<Op, Token, Tag> {
public:
  static constexpr bool can_call = false;
  static constexpr bool opens_nothrow = true;

  constexpr void open(Token) noexcept {}
  constexpr void close() noexcept {}
};

} // namespace snug::execution::detail

#endif
