// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starts a sender on a scheduler ([exec.starts.on]).
#ifndef SNUG_EXECUTION_STARTS_ON_HPP
#define SNUG_EXECUTION_STARTS_ON_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/let.hpp>
#include <snug/execution/schedule_failures.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sender.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct starts_on_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct starts_on_schedule {};
struct starts_on_child {};

// How a domain may see the way to the scheduler.
template <class Sch> using starts_on_way = continues_on_sender<schedule_from_sender<decltype(just_t{}())>, Sch>;

// A function that returns a sender, once.
template <class Sndr> struct return_sender {
  [[no_unique_address]] Sndr sndr;

  constexpr Sndr operator()() && noexcept(snug::detail::is_nothrow_constructible<Sndr, Sndr>) {
    return static_cast<Sndr &&>(sndr);
  }
};

// The environment of what is started: the scheduler it is started on, everything else from outside.
template <class Sch, class Env> class starts_on_env {
public:
  constexpr starts_on_env(Sch const &sch, Env outer) noexcept : sch_(sch), outer_(static_cast<Env &&>(outer)) {}

  constexpr Sch query(get_scheduler_t) const noexcept { return sch_; }
  constexpr Sch query(get_start_scheduler_t) const noexcept { return sch_; }
  constexpr auto query(get_domain_t) const noexcept
    requires snug::detail::has_query<Sch, get_domain_t>
  {
    return get_domain_t{}(sch_);
  }

  template <class Query, class... Args>
    requires(!snug::detail::is_same<Query, get_scheduler_t> && !snug::detail::is_same<Query, get_start_scheduler_t> &&
             !snug::detail::is_same<Query, get_domain_t>) &&
            snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return outer_.query(query, static_cast<Args &&>(args)...);
  }

private:
  [[no_unique_address]] Sch sch_;
  [[no_unique_address]] Env outer_;
};

// Completes where the child completes that is started on the scheduler.
template <class Sch, class Attrs> struct starts_on_attrs {
  [[no_unique_address]] Sch sch;
  [[no_unique_address]] Attrs child;

  template <class Tag, class Env = env<>>
    requires answers<Attrs, get_completion_scheduler_t<Tag>, starts_on_env<Sch, Env const &>>
  constexpr auto query(get_completion_scheduler_t<Tag> query, Env const &env = {}) const noexcept {
    return detail::answer(child, query, starts_on_env<Sch, Env const &>(sch, env));
  }
  template <class Tag, class Env = env<>>
    requires answers<Attrs, get_completion_domain_t<Tag>, starts_on_env<Sch, Env const &>>
  constexpr auto query(get_completion_domain_t<Tag> query, Env const &env = {}) const noexcept {
    return detail::answer(child, query, starts_on_env<Sch, Env const &>(sch, env));
  }
  template <class Query, class... Args>
    requires(!is_about_completion<Query>) && snug::detail::has_query<Attrs, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return child.query(query, static_cast<Args &&>(args)...);
  }
};

// Whether the domain of a scheduler replaces the way there.
template <class Sch, class Env>
concept way_is_replaced =
    domain_transforms<typename deciding_domain<set_value_t, starts_on_way<Sch>, Env>::type, set_value_t,
                      starts_on_way<Sch>, Env> &&
    !snug::detail::is_same<typename deciding_domain<set_value_t, starts_on_way<Sch>, Env>::type, default_domain>;

template <class Sndr, class Sch, class Rcvr> class starts_on_op;

template <class Sndr, class Sch, class Rcvr> struct starts_on_bases {
  using op = starts_on_op<Sndr, Sch, Rcvr>;
  using receiver_base = inlinable_operation_state<op, Rcvr>;
  using schedule = child_for<op, starts_on_schedule, env_of_t<Rcvr>, schedule_result_t<Sch const &>>;
  using child = child_for<op, starts_on_child, starts_on_env<Sch, env_of_t<Rcvr>>, Sndr>;
  using kept = snug::detail::callable<Sch, op>;
};

// The scheduler before the child: connecting the child may ask for it.
template <class Sndr, class Sch, class Rcvr>
class starts_on_op : public starts_on_bases<Sndr, Sch, Rcvr>::receiver_base,
                     private starts_on_bases<Sndr, Sch, Rcvr>::kept,
                     public starts_on_bases<Sndr, Sch, Rcvr>::schedule,
                     public starts_on_bases<Sndr, Sch, Rcvr>::child {
  using bases = starts_on_bases<Sndr, Sch, Rcvr>;

public:
  using operation_state_concept = operation_state_tag;
  using bases::receiver_base::get_receiver;

  template <class Self>
  constexpr starts_on_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                          snug::detail::is_nothrow_constructible<Sch, Sch const &> &&
                                                          noexcept(execution::schedule(std::declval<Sch const &>())) &&
                                                          bases::schedule::connects_nothrow() &&
                                                          bases::child::connects_nothrow())
      : bases::receiver_base(static_cast<Rcvr &&>(rcvr)), bases::kept(self.sch_),
        bases::schedule(execution::schedule(static_cast<Sch const &>(self.sch_))),
        bases::child(static_cast<Sndr &&>(self.sndr_)) {}

  constexpr void start() noexcept { bases::schedule::start_child(); }

  template <class Signal, class... Errors>
  constexpr void complete(starts_on_schedule, Signal, Errors &&...errors) noexcept {
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      bases::child::start_child();
    } else {
      auto &&rcvr = get_receiver();
      Signal{}(std::move(rcvr), static_cast<Errors &&>(errors)...);
    }
  }
  template <class Signal, class... Values>
  constexpr void complete(starts_on_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }

  static constexpr env_of_t<Rcvr> get_env(starts_on_schedule, starts_on_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }
  static constexpr starts_on_env<Sch, env_of_t<Rcvr>> get_env(starts_on_child, starts_on_op &op) noexcept {
    return {bases::kept::take_from(op), execution::get_env(bases::receiver_base::receiver_of(op))};
  }
};

template <class Sndr, class Sch> class starts_on_sender {
  template <class, class, class> friend class starts_on_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = starts_on_sender;
  using parts_self = starts_on_sender;
  using parts_tag = starts_on_t;
  template <class Self, class Rcvr>
  using operation_for = starts_on_op<snug::detail::copy_cvref_t<Self, Sndr>, Sch, Rcvr>;

  template <class C, class S>
  constexpr starts_on_sender(C &&sch, S &&sndr) : sndr_(static_cast<S &&>(sndr)), sch_(static_cast<C &&>(sch)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return completions_t<snug::detail::copy_cvref_t<Self, Sndr>, starts_on_env<Sch, Env>...>{} +
           schedule_failures_t<Sch, Env...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.sch_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr starts_on_attrs<Sch, forwarded_env_of_t<Sndr>> get_env() const noexcept {
    return {sch_, {execution::get_env(sndr_)}};
  }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] Sch sch_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts a sender on a scheduler, which is what the sender's environment then names as its scheduler.
///
/// Shapes:     those of the sender in that environment; the errors and the stop of scheduling.
/// State:      the state of both operations and the scheduler, which is made again, not stored, where it is empty; no
///             receiver, no back-pointer. 32 bytes for just(int) on a run_loop, 4 on an inline_scheduler (x86-64,
///             Itanium ABI), held by execution/starts_on_test.cpp.
/// Threads:    starts where the scheduler says and completes where the sender completes; where scheduling fails,
///             wherever that happens.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Source:     [exec.starts.on]. Differs: the sender is connected with everything else and not on the scheduler, so
///             what connecting it throws leaves connect and is no completion.
struct starts_on_t {
  template <scheduler Sch, sender Sndr> constexpr auto operator()(Sch &&sch, Sndr &&sndr) const {
    return detail::starts_on_sender<snug::detail::remove_cvref_t<Sndr>, snug::detail::remove_cvref_t<Sch>>(
        static_cast<Sch &&>(sch), static_cast<Sndr &&>(sndr));
  }

  /// What a domain sees that has its own way to the scheduler.
  template <detail::sender_for<starts_on_t> Sndr, class Env>
    requires detail::way_is_replaced<snug::detail::remove_cvref_t<detail::part_t<1, Sndr>>, Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, sch, child] = static_cast<Sndr &&>(sndr);
    return let_value(continues_on(just(), sch), detail::return_sender<snug::detail::remove_cvref_t<decltype(child)>>{
                                                    snug::detail::forward_member<Sndr>(child)});
  }
};
inline constexpr starts_on_t starts_on{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
