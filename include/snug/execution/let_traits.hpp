// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What let_value, let_error and let_stopped complete with and need, computed from sender, callable and environment.
#ifndef SNUG_EXECUTION_LET_TRAITS_HPP
#define SNUG_EXECUTION_LET_TRAITS_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/invoke.hpp>
#include <snug/detail/one_of.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/sender.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

/// The environment of a second operation that is started on a scheduler: that scheduler and the domain it names,
/// everything else from outside.
template <class Scheduler, class Env> struct let_env {
  [[no_unique_address]] Scheduler scheduler;
  [[no_unique_address]] Env outer;

  constexpr Scheduler query(get_start_scheduler_t) const noexcept { return scheduler; }

  constexpr auto query(get_domain_t domain) const noexcept
    requires snug::detail::has_query<Scheduler, get_domain_t>
  {
    return domain(scheduler);
  }

  template <class Query, class... Args>
    requires(!snug::detail::is_same<Query, get_start_scheduler_t> &&
             !(snug::detail::is_same<Query, get_domain_t> && snug::detail::has_query<Scheduler, get_domain_t>)) &&
            snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return outer.query(query, static_cast<Args &&>(args)...);
  }
};

/// The environment of a second operation that is started in a domain, nobody knows on which scheduler.
template <class Domain, class Env> struct let_domain_env {
  [[no_unique_address]] Env outer;

  static constexpr Domain query(get_domain_t) noexcept { return Domain(); }

  template <class Query, class... Args>
    requires(!snug::detail::is_same<Query, get_domain_t>) && snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return outer.query(query, static_cast<Args &&>(args)...);
  }
};

template <class Completion, class Sndr, class Env>
concept names_completion_scheduler =
    requires(env_of_t<Sndr> const &attrs, Env const &env) { get_completion_scheduler<Completion>(attrs, env); };
template <class Completion, class Sndr, class Env>
concept names_completion_domain =
    requires(env_of_t<Sndr> const &attrs, Env const &env) { get_completion_domain<Completion>(attrs, env); };

// Where the first operation completes, kept for the second; nothing where the sender does not say.
template <class Completion, class Sndr, class Env> struct let_scheduler {
  using env = Env;

  constexpr let_scheduler(auto const &, auto &) noexcept {}
  constexpr Env with(Env outer) const noexcept { return outer; }
};
template <class Completion, class Sndr, class Env>
  requires(!names_completion_scheduler<Completion, Sndr, Env>) && names_completion_domain<Completion, Sndr, Env>
struct let_scheduler<Completion, Sndr, Env> {
  using domain =
      decltype(get_completion_domain<Completion>(std::declval<env_of_t<Sndr> const &>(), std::declval<Env const &>()));
  using env = let_domain_env<domain, Env>;

  constexpr let_scheduler(auto const &, auto &) noexcept {}
  constexpr env with(Env outer) const noexcept { return {static_cast<Env &&>(outer)}; }
};
template <class Completion, class Sndr, class Env>
  requires names_completion_scheduler<Completion, Sndr, Env>
struct let_scheduler<Completion, Sndr, Env> {
  using scheduler = snug::detail::remove_cvref_t<decltype(get_completion_scheduler<Completion>(
      std::declval<env_of_t<Sndr> const &>(), std::declval<Env const &>()))>;
  using env = let_env<scheduler, Env>;

  // The operation is under construction, and so may be those around it: their environment is asked only if need be.
  constexpr let_scheduler(auto const &sndr, auto &op) noexcept : kept(from(sndr, op)) {}
  constexpr env with(Env outer) const noexcept { return {kept, static_cast<Env &&>(outer)}; }

  [[no_unique_address]] scheduler kept;

private:
  static constexpr scheduler from(auto const &sndr, auto &op) noexcept {
    if constexpr (requires { get_completion_scheduler<Completion>(execution::get_env(sndr)); }) {
      return get_completion_scheduler<Completion>(execution::get_env(sndr));
    } else {
      return get_completion_scheduler<Completion>(execution::get_env(sndr), execution::get_env(op.get_receiver()));
    }
  }
};

// A sender that completes where it is started, say: asked again rather than kept.
template <class Completion, class Sndr, class Env>
  requires names_completion_scheduler<Completion, Sndr, Env> &&
           snug::detail::is_recreatable<snug::detail::remove_cvref_t<env_of_t<Sndr>>>
struct let_scheduler<Completion, Sndr, Env> {
  using attrs = snug::detail::remove_cvref_t<env_of_t<Sndr>>;
  using scheduler = snug::detail::remove_cvref_t<decltype(get_completion_scheduler<Completion>(
      std::declval<attrs const &>(), std::declval<Env const &>()))>;
  using env = let_env<scheduler, Env>;

  constexpr let_scheduler(auto const &, auto &) noexcept {}
  constexpr env with(Env outer) const noexcept {
    auto sch = get_completion_scheduler<Completion>(attrs{}, outer);
    return {sch, static_cast<Env &&>(outer)};
  }
};

// A receiver that is never made: connecting it tells whether connecting the one to come may throw.
template <class Env> struct let_probe {
  using receiver_concept = receiver_tag;
  void set_value(auto &&...) && noexcept {}
  void set_error(auto &&) && noexcept {}
  void set_stopped() && noexcept {}
  Env get_env() const noexcept;
};
template <class Sndr, class Env>
inline constexpr bool connects_nothrow = connected<Sndr, let_probe<Env>>::is_noexcept();

// A list of types; the sum of two is their union.
template <class... Types> struct let_list {
  template <class... Others> friend consteval auto operator+(let_list left, let_list<Others...>) {
    if constexpr (sizeof...(Others) != 1) {
      return (left + ... + let_list<Others>{});
    } else if constexpr ((snug::detail::is_same<let_list<Types>, let_list<Others...>> || ...)) {
      return left;
    } else {
      return let_list<Types..., Others...>{};
    }
  }
};

// The different ways in which a sender completes with Completion, each a list of decayed types.
template <class Completion, class Signature> struct let_shape {
  using type = let_list<>;
};
template <class Completion, class... Args> struct let_shape<Completion, Completion(Args...)> {
  using type = let_list<let_list<snug::detail::decay_t<Args>...>>;
};
// A sender without completion signatures stands for one that never completes: connect says so.
template <class Completion, class Completions> struct let_shapes {
  using type = let_list<>;
};
template <class Completion, class... Signatures> struct let_shapes<Completion, completion_signatures<Signatures...>> {
  using type = decltype((let_list<>{} + ... + typename let_shape<Completion, Signatures>::type{}));
};

template <class Completion, class Completions>
inline constexpr bool never_lets =
    snug::detail::is_same<typename let_shapes<Completion, Completions>::type, let_list<>>;

// Why let has no completion signatures: the callable does not take what the sender completes with …
template <class Completion, class Sndr, class F, class Signature> struct let_cannot_call {
  template <class Callable, class WithCompletion, class OfSender> static constexpr bool can_call = false;

  static consteval void report() {
    if constexpr (snug::detail::is_same<Completion, set_value_t>) {
      static_assert(can_call<F, Signature, Sndr>,
                    "let_value: the callable cannot be called with lvalues of what the sender completes with");
    } else if constexpr (snug::detail::is_same<Completion, set_error_t>) {
      static_assert(can_call<F, Signature, Sndr>,
                    "let_error: the callable cannot be called with an lvalue of the error the sender completes with");
    } else {
      static_assert(can_call<F, Signature, Sndr>, "let_stopped: the callable cannot be called without arguments");
    }
  }
};
// … or returns something that cannot be connected.
template <class F, class Result> struct let_returns_no_sender {
  template <class Callable, class Returned> static constexpr bool returns_a_sender = false;

  static consteval void report() {
    static_assert(returns_a_sender<F, Result>,
                  "let_value, let_error, let_stopped: the callable must return a sender [exec.let]");
  }
};

template <class Completion, class Sndr, class F, class... Env> struct let_transform {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Args> static consteval auto of(Signal (*)(Args...)) {
    if constexpr (!snug::detail::is_same<Signal, Completion>) {
      return execution::completion_signatures<Signal(Args...)>{};
    } else if constexpr (!snug::detail::callable_with<F, snug::detail::decay_t<Args> &...>) {
      return let_cannot_call<Completion, Sndr, F, Signal(Args...)>{};
    } else if constexpr (!(snug::detail::is_constructible<snug::detail::decay_t<Args>, Args> && ...)) {
      return cannot_keep<Signal(Args...)>{};
    } else {
      return second<snug::detail::call_result_t<F, snug::detail::decay_t<Args> &...>, Args...>();
    }
  }

private:
  template <class Second, class... Args> static consteval auto second() {
    if constexpr (!sender<Second>) {
      return let_returns_no_sender<F, Second>{};
    } else if constexpr (!is_completion_signatures<second_completions<Second>>) {
      return second_completions<Second>{};
    } else if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Args>, Args> && ...) &&
                         snug::detail::is_nothrow_callable_with<F, snug::detail::decay_t<Args> &...>) {
      return with_connect<Second>();
    } else {
      return second_completions<Second>{} + with_exception_ptr{};
    }
  }
  template <class Second> static consteval auto with_connect() {
    if constexpr (with_connect_is_nothrow<Second>()) {
      return second_completions<Second>{};
    } else {
      return second_completions<Second>{} + with_exception_ptr{};
    }
  }
  // A sender whose completions are known without an environment can be connected in the empty one.
  template <class Second> static consteval bool with_connect_is_nothrow() {
    if constexpr (sizeof...(Env) == 0) {
      return connects_nothrow<Second, typename let_scheduler<Completion, Sndr, env<>>::env>;
    } else {
      return (connects_nothrow<Second, typename let_scheduler<Completion, Sndr, Env>::env> && ...);
    }
  }
  template <class Second>
  using second_completions = completions_t<Second, typename let_scheduler<Completion, Sndr, Env>::env...>;
};

/// What a let sender says of itself: the forwarding queries of its child, but not where it completes, since that is up
/// to the second sender.
template <class Attrs> struct let_attrs {
  [[no_unique_address]] Attrs attrs;

  template <class Query, class... Args>
    requires(forwarding_query(Query{}) && !is_about_completion<Query>) && snug::detail::has_query<Attrs, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return attrs.query(query, static_cast<Args &&>(args)...);
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
