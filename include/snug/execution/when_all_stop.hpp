// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How when_all's children are asked to stop, from inside and from outside.
#ifndef SNUG_EXECUTION_WHEN_ALL_STOP_HPP
#define SNUG_EXECUTION_WHEN_ALL_STOP_HPP

#include <snug/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/stop_token.hpp>

#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// A base of Op: a stop source for the children of Op, and a callback that Op::stop_from_outside() follows while the
// operation is open. This one is for any token, whose callback must be told where Op is.
template <class Op, class Token, bool CanFail> class when_all_stop : inplace_stop_source {
  struct from_outside {
    Op *op;
    constexpr void operator()() noexcept { op->stop_from_outside(); }
  };
  using callback = stop_callback_for_t<Token, from_outside>;

public:
  static constexpr bool is_extensible = true;

  constexpr when_all_stop() noexcept {}
  constexpr ~when_all_stop() {}

  constexpr inplace_stop_source &source() noexcept { return *this; }
  constexpr void open(Token token) noexcept {
    std::construct_at(&callback_, std::move(token), from_outside{&static_cast<Op &>(*this)});
  }
  constexpr void close() noexcept { std::destroy_at(&callback_); }

private:
  union {
    callback callback_;
  };
};

// The callback is a base of its own here, and Op is found from its address.
template <class Op>
class when_all_stop<Op, inplace_stop_token, true> : snug::detail::stop_callback_base, inplace_stop_source {
public:
  static constexpr bool is_extensible = true;

  constexpr when_all_stop() noexcept : stop_callback_base(&call) {}

  constexpr inplace_stop_source &source() noexcept { return *this; }
  constexpr void open(inplace_stop_token token) noexcept { attach(token); }
  constexpr void close() noexcept { detach(); }

private:
  // Base to derived, twice, [expr.static.cast]/10: only this class hands its callback out, and Op is the class that
  // names itself as the first argument of its base.
  static constexpr void call(stop_callback_base &base) noexcept {
    static_cast<Op &>(static_cast<when_all_stop &>(base)).stop_from_outside();
  }
};

// Nobody outside can ask.
template <class Op, class Token>
  requires unstoppable_token<Token>
class when_all_stop<Op, Token, true> : inplace_stop_source {
public:
  static constexpr bool is_extensible = false;

  constexpr inplace_stop_source &source() noexcept { return *this; }
  constexpr void open(Token) noexcept {}
  constexpr void close() noexcept {}
};

// Nothing can fail: nobody is asked.
template <class Op, class Token> class when_all_stop<Op, Token, false> {
public:
  static constexpr bool is_extensible = false;

  constexpr void close() noexcept {}
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
