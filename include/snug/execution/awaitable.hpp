// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a co_await expression makes of its operand, as types ([exec.awaitable]).
#ifndef SNUG_EXECUTION_AWAITABLE_HPP
#define SNUG_EXECUTION_AWAITABLE_HPP

#include <snug/detail/traits.hpp>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace snug::execution::detail {

template <class> inline constexpr bool is_suspend_result = false;
template <> inline constexpr bool is_suspend_result<void> = true;
template <> inline constexpr bool is_suspend_result<bool> = true;
template <class Promise> inline constexpr bool is_suspend_result<std::coroutine_handle<Promise>> = true;

/// What a coroutine with this promise can suspend on; any coroutine, where none is named.
template <class A, class... Promise>
concept awaiter = requires(A &a, std::coroutine_handle<Promise...> handle) {
  a.await_ready() ? 1 : 0;
  requires is_suspend_result<decltype(a.await_suspend(handle))>;
  a.await_resume();
};

// Whether a class has a member await_transform, viable or not: a second base with that name makes it ambiguous.
struct named_await_transform {
  int await_transform;
};
template <class Promise> struct ambiguous_await_transform : Promise, named_await_transform {};
template <class Promise>
concept names_await_transform =
    __is_class(Promise) && !__is_final(Promise) && !requires { &ambiguous_await_transform<Promise>::await_transform; };

// The operand of co_await, once the promise has had its say; no type where it takes everything but this.
template <class Operand, class... Promise> struct await_operand {
  using type = Operand &&;
};
template <class Operand, class Promise>
concept transformed_by_promise = requires(Promise &promise) { promise.await_transform(std::declval<Operand>()); };
template <class Operand, class Promise>
  requires transformed_by_promise<Operand, Promise>
struct await_operand<Operand, Promise> {
  using type = decltype(std::declval<Promise &>().await_transform(std::declval<Operand>()));
};
template <class Operand, class Promise>
  requires(!transformed_by_promise<Operand, Promise> && names_await_transform<Promise>)
struct await_operand<Operand, Promise> {};

// The awaiter of an operand: what its operator co_await returns, the operand itself where it has none.
template <class Operand> struct awaiter_of {
  using type = Operand;
};
template <class Operand>
  requires requires { std::declval<Operand>().operator co_await(); }
struct awaiter_of<Operand> {
  using type = decltype(std::declval<Operand>().operator co_await());
};
template <class Operand>
  requires requires { operator co_await(std::declval<Operand>()); }
struct awaiter_of<Operand> {
  using type = decltype(operator co_await(std::declval<Operand>()));
};

template <class Operand, class... Promise>
using awaiter_t = typename awaiter_of<typename await_operand<Operand, Promise...>::type>::type;

/// What can be the operand of co_await in a coroutine with this promise; in any coroutine, where none is named.
template <class Operand, class... Promise>
concept awaitable =
    requires { typename awaiter_t<Operand, Promise...>; } && awaiter<awaiter_t<Operand, Promise...>, Promise...>;

/// The type of a co_await expression.
template <class Operand, class... Promise>
using await_result_t = decltype(std::declval<awaiter_t<Operand, Promise...> &>().await_resume());

/// Something that says itself what to await in a coroutine with this promise.
template <class T, class Promise>
concept has_as_awaitable = requires(T &&value, Promise &promise) {
  { static_cast<T &&>(value).as_awaitable(promise) } -> awaitable<Promise>;
};

/// A base of promises: hands every operand of co_await through, but for those that say themselves what to await.
template <class Promise> struct with_await_transform {
  template <class T> static T &&await_transform(T &&value) noexcept { return static_cast<T &&>(value); }

  template <has_as_awaitable<Promise> T>
  decltype(auto)
  await_transform(T &&value) noexcept(noexcept(static_cast<T &&>(value).as_awaitable(std::declval<Promise &>()))) {
    return static_cast<T &&>(value).as_awaitable(static_cast<Promise &>(*this));
  }
};

/// The promise of an awaitable that is asked for its type in an environment. Exists for such questions only.
template <class Env> struct env_promise : with_await_transform<env_promise<Env>> {
  void get_return_object() noexcept;
  std::suspend_always initial_suspend() noexcept;
  std::suspend_always final_suspend() noexcept;
  void unhandled_exception() noexcept;
  void return_void() noexcept;
  std::coroutine_handle<> unhandled_stopped() noexcept;
  Env const &get_env() const noexcept;
};

} // namespace snug::execution::detail

#endif
