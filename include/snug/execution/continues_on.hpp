// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Moves the completion of a sender to a scheduler ([exec.continues.on]).
#ifndef SNUG_EXECUTION_CONTINUES_ON_HPP
#define SNUG_EXECUTION_CONTINUES_ON_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/schedule_failures.hpp>
#include <snug/execution/schedule_from.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct continues_on_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct continues_on_source {};
struct continues_on_target {};

template <class Sndr, class Sch, class Rcvr> class continues_on_op;

template <class Sndr, class Sch, class Rcvr> struct continues_on_bases {
  using op = continues_on_op<Sndr, Sch, Rcvr>;
  using receiver_base = inlinable_operation_state<op, Rcvr>;
  using child = unhooked<Sndr, env_of_t<Rcvr>>;
  using source = child_for<op, continues_on_source, env_of_t<Rcvr>, typename child::type>;
  using target = child_for<op, continues_on_target, env_of_t<Rcvr>, schedule_result_t<Sch &>>;
};

// The scheduler's operation first: it is made of pointers, the kept results follow the sender's without a gap.
template <class Sndr, class Sch, class Rcvr>
class continues_on_op : public continues_on_bases<Sndr, Sch, Rcvr>::receiver_base,
                        public continues_on_bases<Sndr, Sch, Rcvr>::target,
                        public continues_on_bases<Sndr, Sch, Rcvr>::source {
  using bases = continues_on_bases<Sndr, Sch, Rcvr>;
  using storage = completion_storage<continues_on_op, decayed_completions_t<completions_t<Sndr, env_of_t<Rcvr>>>>;

public:
  using operation_state_concept = operation_state_tag;
  using bases::receiver_base::get_receiver;

  template <class Self>
  constexpr continues_on_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                             noexcept(schedule(self.sch_)) &&
                                                             bases::target::connects_nothrow() &&
                                                             bases::source::connects_nothrow())
      : bases::receiver_base(static_cast<Rcvr &&>(rcvr)), bases::target(schedule(self.sch_)),
        bases::source(bases::child::from(static_cast<Sndr &&>(self.sndr_))) {}

  constexpr void start() noexcept { bases::source::start_child(); }

  template <class Signal, class... Values>
  constexpr void complete(continues_on_source, Signal, Values &&...values) noexcept {
    storage_.template keep_completion<Signal>(static_cast<Values &&>(values)...);
    bases::target::start_child();
  }

  template <class Signal, class... Errors>
  constexpr void complete(continues_on_target, Signal, Errors &&...errors) noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      storage_.send(rcvr);
    } else {
      Signal{}(std::move(rcvr), static_cast<Errors &&>(errors)...);
    }
  }

  static constexpr env_of_t<Rcvr> get_env(continues_on_source, continues_on_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }
  static constexpr env_of_t<Rcvr> get_env(continues_on_target, continues_on_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }

private:
  [[no_unique_address]] storage storage_;
};

template <class> inline constexpr bool asks_for_completion = false;
template <class Tag> inline constexpr bool asks_for_completion<get_completion_scheduler_t<Tag>> = true;
template <class Tag> inline constexpr bool asks_for_completion<get_completion_domain_t<Tag>> = true;
template <> inline constexpr bool asks_for_completion<get_domain_t> = true;

// Completes on the scheduler; everything else is as with the child.
template <class Sch, class Env> struct continues_on_attrs {
  Sch sch;
  [[no_unique_address]] Env child;

  constexpr Sch query(get_completion_scheduler_t<set_value_t>) const noexcept { return sch; }
  constexpr Sch query(get_completion_scheduler_t<set_stopped_t>) const noexcept { return sch; }
  constexpr auto query(get_domain_t) const noexcept
    requires snug::detail::has_query<Sch, get_domain_t>
  {
    return get_domain_t{}(sch);
  }
  template <class Query, class... Args>
    requires(!asks_for_completion<Query>) && snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return child.query(query, static_cast<Args &&>(args)...);
  }
};

// Sndr is a schedule_from sender.
template <class Sndr, class Sch> class continues_on_sender {
  template <class, class, class> friend class continues_on_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = continues_on_sender;
  using parts_self = continues_on_sender;
  using parts_tag = continues_on_t;
  template <class Self, class Rcvr>
  using operation_for = continues_on_op<snug::detail::copy_cvref_t<Self, Sndr>, Sch const, Rcvr>;

  template <class S, class C>
  constexpr continues_on_sender(S &&sndr, C &&sch) : sndr_(static_cast<S &&>(sndr)), sch_(static_cast<C &&>(sch)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return decayed_completions_t<completions_t<snug::detail::copy_cvref_t<Self, Sndr>, Env...>>{} +
           schedule_failures_t<Sch, Env...>{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.sch_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr continues_on_attrs<Sch, forwarded_env_of_t<Sndr>> get_env() const noexcept {
    return {sch_, {execution::get_env(sndr_)}};
  }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] Sch sch_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Completes with what a sender completes with, on a scheduler.
///
/// Shapes:     every shape of the sender, decayed; set_error_t(std::exception_ptr) if keeping a value may throw; the
///             errors and the stop of scheduling.
/// State:      the state of both operations and what the sender completed with, and a byte to tell which completion
///             that is where there are several or it must be destroyed; no receiver, no back-pointer. 24 bytes for
///             just(int)
///             and a run_loop, 8 for an inline_scheduler (x86-64, Itanium ABI), held by
///             execution/continues_on_test.cpp.
/// Threads:    completes where the scheduler says; where scheduling itself fails, wherever that happens.
/// Lifetime:   what is sent lives in the state, which may be destroyed inside the completion call; nothing touches it
///             afterwards.
/// Errors:     an exception while a value is kept becomes set_error_t(std::exception_ptr), on the scheduler.
/// Source:     [exec.continues.on].
struct continues_on_t {
  template <sender Sndr, scheduler Sch> constexpr auto operator()(Sndr &&sndr, Sch &&sch) const {
    using child = detail::schedule_from_sender<snug::detail::remove_cvref_t<Sndr>>;
    return detail::continues_on_sender<child, snug::detail::remove_cvref_t<Sch>>(child{static_cast<Sndr &&>(sndr)},
                                                                                 static_cast<Sch &&>(sch));
  }
  template <scheduler Sch> constexpr auto operator()(Sch &&sch) const {
    return detail::bound_closure<continues_on_t, snug::detail::remove_cvref_t<Sch>>(static_cast<Sch &&>(sch));
  }
};
inline constexpr continues_on_t continues_on{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
