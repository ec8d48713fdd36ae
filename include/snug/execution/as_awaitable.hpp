// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Makes senders awaitable in coroutines ([exec.as.awaitable]).
#ifndef SNUG_EXECUTION_AS_AWAITABLE_HPP
#define SNUG_EXECUTION_AS_AWAITABLE_HPP

#include <snug/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/exception_ptr.hpp>
#include <snug/detail/start_call.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/single_sender.hpp>

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail {

// Whether nothing that a sender does on its way to an awaiter ends in an exception.
template <class Signature> inline constexpr bool awaits_without_error = false;
template <> inline constexpr bool awaits_without_error<set_stopped_t()> = true;
template <class... Values>
inline constexpr bool awaits_without_error<set_value_t(Values...)> =
    (snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ... && true);

template <class Completions> inline constexpr bool await_may_throw = false;
template <class... Signatures>
inline constexpr bool await_may_throw<completion_signatures<Signatures...>> =
    !(awaits_without_error<Signatures> && ... && true);

struct awaited_nothing {};
template <class Value> struct awaited {
  using type = Value;
};
template <> struct awaited<void> {
  using type = awaited_nothing;
};

/// The result of an awaited sender; until there is one, the call that started the sender, in the same bytes.
template <class Value> union awaited_result {
  awaited_result() noexcept : call(nullptr) {}
  awaited_result(awaited_result &&) = delete;
  ~awaited_result() {}

  snug::detail::start_call const *call;
  Value value;
  std::exception_ptr error;
};

enum class awaited_kind : unsigned char { nothing, value, error };

// What an awaited_result holds. Not needed where only a value can be there when somebody asks, and nobody need destroy
// it.
template <bool Needed> struct awaited_which {
  awaited_kind kind = awaited_kind::nothing;

  void set(awaited_kind to) noexcept { kind = to; }
  bool is(awaited_kind other) const noexcept { return kind == other; }
};
template <> struct awaited_which<false> {
  static constexpr void set(awaited_kind) noexcept {}
};

template <class Promise>
concept handles_stopped = requires(Promise &promise) { std::coroutine_handle<>(promise.unhandled_stopped()); };

} // namespace snug::execution::detail

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct awaited_child {};

// What a promise tells about its coroutine to the senders awaited in it.
template <class Promise> using awaiter_env_t = forwarded_env_of_t<Promise>;

// The coroutine that awaits: a base before the child, which may ask for its environment while it is connected.
template <class Promise> class awaiting_coroutine {
protected:
  explicit awaiting_coroutine(Promise &promise) noexcept
      : continuation_(std::coroutine_handle<Promise>::from_promise(promise)) {}

  std::coroutine_handle<Promise> continuation_;
};

/// The awaiter of a sender, in the frame of the coroutine that awaits it.
///
/// State:      the sender's operation, the handle of the coroutine, and the result or the exception in the same bytes; a
///             byte to tell them apart where there is more than one, or it must be destroyed. No receiver, no
///             back-pointer. 24 bytes for just(int) and for just(int) | then(f) where f may throw (x86-64, Itanium ABI),
///             held by execution/as_awaitable_test.cpp.
/// Threads:    the coroutine goes on where the sender completes. Where that is inside start(), on the thread that
///             awaits, it was never suspended: a loop that awaits such senders needs no stack.
/// Lifetime:   nothing touches the awaiter once the sender has completed elsewhere, since the coroutine may have gone on.
/// Errors:     await_resume() rethrows an error, as sync_wait does; a stop is handed to promise.unhandled_stopped().
/// Source:     [exec.as.awaitable]/2-5.
template <class Sndr, class Promise>
class sender_awaitable
    : private awaiting_coroutine<Promise>,
      public child_for<sender_awaitable<Sndr, Promise>, awaited_child, awaiter_env_t<Promise>, Sndr> {
  using child = child_for<sender_awaitable, awaited_child, awaiter_env_t<Promise>, Sndr>;
  using completions = completions_t<Sndr, awaiter_env_t<Promise>>;
  using outcome = snug::detail::start_call::outcome;
  using awaiting_coroutine<Promise>::continuation_;
  using value = typename awaited<single_sender_value_type<Sndr, awaiter_env_t<Promise>>>::type;

  static constexpr bool may_throw = await_may_throw<completions>;
  static constexpr bool is_destroyed = may_throw || !std::is_trivially_destructible_v<value>;

  static_assert(handles_stopped<Promise>,
                "co_await: the promise needs an unhandled_stopped() that returns a coroutine handle, as "
                "with_awaitable_senders has it [exec.as.awaitable]");

public:
  sender_awaitable(Sndr &&sndr, Promise &promise)
      : awaiting_coroutine<Promise>(promise), child(static_cast<Sndr &&>(sndr)) {}

  ~sender_awaitable() {
    if constexpr (is_destroyed) {
      if (which_.is(awaited_kind::value)) {
        std::destroy_at(&result_.value);
      } else if (which_.is(awaited_kind::error)) {
        std::destroy_at(&result_.error);
      }
    }
  }

  static constexpr bool await_ready() noexcept { return false; }

  bool await_suspend(std::coroutine_handle<Promise>) noexcept {
    outcome how;
    {
      snug::detail::start_call call(this);
      result_.call = &call;
      child::start_child();
      how = call.result();
    }
    // From here on the awaiter is gone, unless the call saw the sender complete.
    if (how == outcome::stopped) {
      stop();
    }
    return how != outcome::completed;
  }

  single_sender_value_type<Sndr, awaiter_env_t<Promise>> await_resume() noexcept(!may_throw) {
    if constexpr (may_throw) {
      if (which_.is(awaited_kind::error)) {
        std::rethrow_exception(std::move(result_.error));
      }
    }
    if constexpr (!snug::detail::is_same<value, awaited_nothing>) {
      return static_cast<value &&>(result_.value);
    }
  }

  template <class Signal, class... Args> void complete(awaited_child, Signal, Args &&...args) noexcept {
    snug::detail::start_call const *const started_by = result_.call;
    if constexpr (snug::detail::is_same<Signal, set_stopped_t>) {
      if (!snug::detail::start_call::complete(this, started_by, outcome::stopped)) {
        stop();
      }
    } else {
      if constexpr (snug::detail::is_same<Signal, set_value_t>) {
        keep_value(static_cast<Args &&>(args)...);
      } else {
        keep_error(snug::detail::as_exception_ptr(static_cast<Args &&>(args)...));
      }
      if (!snug::detail::start_call::complete(this, started_by, outcome::completed)) {
        continuation_.resume();
      }
    }
  }

  static awaiter_env_t<Promise> get_env(awaited_child, sender_awaitable &self) noexcept {
    return {execution::get_env(std::as_const(self.continuation_.promise()))};
  }

private:
  template <class... Args> void keep_value(Args &&...args) noexcept {
    if constexpr (!may_throw || snug::detail::is_nothrow_constructible<value, Args...>) {
      std::construct_at(&result_.value, static_cast<Args &&>(args)...);
      which_.set(awaited_kind::value);
    } else {
      try {
        std::construct_at(&result_.value, static_cast<Args &&>(args)...);
        which_.set(awaited_kind::value);
      } catch (...) {
        keep_error(std::current_exception());
      }
    }
  }
  void keep_error(std::exception_ptr error) noexcept {
    std::construct_at(&result_.error, std::move(error));
    which_.set(awaited_kind::error);
  }
  void stop() noexcept { std::coroutine_handle<>(continuation_.promise().unhandled_stopped()).resume(); }

  [[no_unique_address]] awaited_which<is_destroyed> which_; // first: it fits into the padding of many a child
  awaited_result<value> result_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail {

template <class Sndr>
concept has_await_adaptor =
    requires(Sndr &&sndr) { get_await_completion_adaptor(execution::get_env(sndr))(static_cast<Sndr &&>(sndr)); };

// A sender as it is awaited in a coroutine: transformed for the environment, then adapted as its attributes ask for.
struct sender_to_await {
  template <class Sndr, class Promise> static constexpr decltype(auto) of(Sndr &&sndr, Promise &promise) {
    if constexpr (transformed<Sndr, env_of_t<Promise>>) {
      return adapt(transform_sender(static_cast<Sndr &&>(sndr), execution::get_env(std::as_const(promise))));
    } else {
      return adapt<Sndr, Sndr &&>(static_cast<Sndr &&>(sndr));
    }
  }

private:
  template <class Sndr, class Unadapted = Sndr> static constexpr decltype(auto) adapt(Sndr &&sndr) {
    if constexpr (has_await_adaptor<Sndr>) {
      return get_await_completion_adaptor(execution::get_env(sndr))(static_cast<Sndr &&>(sndr));
    } else {
      return static_cast<Unadapted>(static_cast<Sndr &&>(sndr));
    }
  }
};
template <class Sndr> struct without_rvalue_reference {
  using type = Sndr;
};
template <class Sndr> struct without_rvalue_reference<Sndr &&> {
  using type = Sndr;
};
template <class Sndr, class Promise>
using sender_to_await_t = typename without_rvalue_reference<decltype(sender_to_await::of(
    std::declval<Sndr>(), std::declval<Promise &>()))>::type;

template <class Expr, class Promise>
concept awaitable_as_sender = sender<Expr> && single_sender<sender_to_await_t<Expr, Promise>, awaiter_env_t<Promise>>;
template <class Expr, class Promise>
concept adapted_says_how_to_await = awaitable_as_sender<Expr, Promise> && requires(Promise &promise) {
  std::declval<sender_to_await_t<Expr, Promise>>().as_awaitable(promise);
};

enum class how_to_await { says_itself, adapted_says_itself, as_it_is, as_sender, not_at_all };

template <class Expr, class Promise> consteval how_to_await how_awaited() {
  if constexpr (requires(Expr &&expr, Promise &promise) { static_cast<Expr &&>(expr).as_awaitable(promise); }) {
    return how_to_await::says_itself;
  } else if constexpr (adapted_says_how_to_await<Expr, Promise>) {
    return how_to_await::adapted_says_itself;
  } else if constexpr (requires { requires awaiter<awaiter_t<Expr>, Promise>; }) {
    return how_to_await::as_it_is;
  } else if constexpr (awaitable_as_sender<Expr, Promise>) {
    return how_to_await::as_sender;
  } else {
    return how_to_await::not_at_all;
  }
}

// A sender that a coroutine with this promise cannot await, and why.
template <class Sndr, class Promise>
concept unawaitable_sender =
    says_sender<snug::detail::remove_cvref_t<Sndr>> && how_awaited<Sndr, Promise>() == how_to_await::not_at_all;

template <class Sndr, class Completions> struct check_await {
  static consteval void report() { Completions::report(); }
};
template <class Sndr> struct check_await<Sndr, dependent_sender_error> {
  template <class> static constexpr bool completes_in_this_environment = false;

  static consteval void report() {
    static_assert(completes_in_this_environment<Sndr>,
                  "co_await: the sender needs something of its environment that the promise does not offer");
  }
};
template <class Sndr, class... Signatures> struct check_await<Sndr, completion_signatures<Signatures...>> {
  template <class> static constexpr bool completes_with_values_in_one_way = false;

  static consteval void report() {
    static_assert(completes_with_values_in_one_way<Sndr>,
                  "co_await: the sender must complete with values in at most one way; into_variant() joins several "
                  "[exec.as.awaitable]");
  }
};

} // namespace snug::execution::detail

namespace snug::execution {

/// What co_await takes in the place of an expression, in a coroutine with the given promise: what the expression's own
/// as_awaitable() says; an awaiter for a sender that completes with values in at most one way; the expression itself
/// otherwise.
///
/// A sender yields nothing, its value, or a std::tuple of its values, decayed; throws its error; and stops the coroutine
/// by promise.unhandled_stopped(). Senders see the forwarding queries of the promise's environment.
/// Source:     [exec.as.awaitable]. Differs: a sender that completes inside start() does not resume the coroutine from
///             there, so loops need no stack; what a sender's completion adaptor makes of it decides whether it can be
///             awaited, so that it may join several completions.
struct as_awaitable_t {
  template <class Expr, class Promise> constexpr decltype(auto) operator()(Expr &&expr, Promise &promise) const {
    using detail::how_to_await;
    constexpr how_to_await how = detail::how_awaited<Expr, Promise>();
    if constexpr (how == how_to_await::says_itself) {
      static_assert(detail::awaitable<decltype(static_cast<Expr &&>(expr).as_awaitable(promise)), Promise>,
                    "as_awaitable() must return something that can be awaited [exec.as.awaitable]");
      return static_cast<Expr &&>(expr).as_awaitable(promise);
    } else if constexpr (how == how_to_await::adapted_says_itself) {
      return detail::sender_to_await::of(static_cast<Expr &&>(expr), promise).as_awaitable(promise);
    } else if constexpr (how == how_to_await::as_sender) {
      return detail::sender_awaitable<detail::sender_to_await_t<Expr, Promise>, Promise>(
          detail::sender_to_await::of(static_cast<Expr &&>(expr), promise), promise);
    } else {
      return static_cast<Expr &&>(expr);
    }
  }
};
inline constexpr as_awaitable_t as_awaitable{};

} // namespace snug::execution

#endif
