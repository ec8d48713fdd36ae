// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs a sender, or what follows one, on a scheduler, and comes back ([exec.on]).
#ifndef SNUG_EXECUTION_ON_HPP
#define SNUG_EXECUTION_ON_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/starts_on.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct on_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The data of `on(sndr, sch, closure)`, and, waiting for its sender, of `on(sch, closure)`.
template <class Sch, class Closure> struct on_data {
  [[no_unique_address]] Sch sch;
  [[no_unique_address]] Closure closure;
};

template <class Data> inline constexpr bool is_on_data = false;
template <class Sch, class Closure> inline constexpr bool is_on_data<on_data<Sch, Closure>> = true;

// Why on has no completion signatures: it would not know where to come back to.
template <class Sndr, class Env> struct on_cannot_return {
  template <class, class> static constexpr bool knows_where_to_return = false;

  static consteval void report() {
    static_assert(knows_where_to_return<Sndr, Env>,
                  "on: nothing names the scheduler to return to, neither get_start_scheduler of the receiver's "
                  "environment nor, for on(sndr, sch, closure), get_completion_scheduler of the sender");
  }
};

// Where on(sndr, sch, closure) comes back to: where its sender completes.
template <class Sndr, class Env>
concept returns_to_child = requires(Sndr const &sndr, Env const &env) {
  get_completion_scheduler<set_value_t>(execution::get_env(sndr), env);
};
template <class Data, class Sndr, class Env>
concept knows_return = (is_on_data<Data> && returns_to_child<Sndr, Env>) ||
                       (!is_on_data<Data> && snug::detail::has_query<Env, get_start_scheduler_t>);

// What on becomes in an environment; itself is never connected.
template <class Data, class Sndr> class on_sender {
public:
  using sender_concept = sender_tag;
  using parts_self = on_sender;
  using parts_tag = on_t;

  template <class D, class S>
  constexpr on_sender(D &&data, S &&sndr) : data_(static_cast<D &&>(data)), sndr_(static_cast<S &&>(sndr)) {}

  template <class Self> static consteval dependent_sender_error get_completion_signatures() { return {}; }
  template <class Self, class Env> static consteval on_cannot_return<Self, Env> get_completion_signatures() {
    return {};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.data_), snug::detail::forward_member<Self>(self.sndr_));
  }

  constexpr auto get_env() const noexcept {
    if constexpr (is_on_data<Data>) {
      return forwarded_env_of_t<Sndr>{execution::get_env(sndr_)};
    } else {
      return inline_attrs<set_value_t>{};
    }
  }

private:
  [[no_unique_address]] Data data_;
  [[no_unique_address]] Sndr sndr_;
};

// on that waits for its sender.
template <class Sch, class Closure> struct on_closure : sender_adaptor_closure<on_closure<Sch, Closure>> {
  template <class S, class C>
  constexpr on_closure(S &&sch, C &&closure) : data{static_cast<S &&>(sch), static_cast<C &&>(closure)} {}

  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) && {
    return on_sender<on_data<Sch, Closure>, snug::detail::remove_cvref_t<Sndr>>(std::move(data),
                                                                                static_cast<Sndr &&>(sndr));
  }
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const & {
    return on_sender<on_data<Sch, Closure>, snug::detail::remove_cvref_t<Sndr>>(data, static_cast<Sndr &&>(sndr));
  }

  on_data<Sch, Closure> data;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts a sender on a scheduler, or has a closure follow it there, and comes back: `on(sch, sndr)` to where it was
/// started, `on(sndr, sch, closure)` and `sndr | on(sch, closure)` to where the sender completes.
///
/// Shapes:     those of the sender, or of what the closure makes of it, decayed; set_error_t(std::exception_ptr) if
///             keeping a value may throw; the errors and the stop of scheduling, there and back.
/// State:      that of `continues_on(starts_on(sch, sndr), back)`, or of
///             `continues_on(closure(continues_on(sndr, sch)), back)`; no receiver, no back-pointer. 56 bytes
///             and the receiver for `on(sch, just(int) | then(f))` with an int captured from one run_loop to another, 12
///             for an inline_scheduler and back to one (x86-64, Itanium ABI), held by execution/on_test.cpp.
/// Threads:    completes where the scheduler says that it returns to; where scheduling fails, wherever that happens.
/// Lifetime:   as continues_on.
/// Source:     [exec.on].
struct on_t {
  template <scheduler Sch, sender Sndr>
    requires(!detail::adaptor_closure<Sndr>)
  constexpr auto operator()(Sch &&sch, Sndr &&sndr) const {
    return detail::on_sender<snug::detail::remove_cvref_t<Sch>, snug::detail::remove_cvref_t<Sndr>>(
        static_cast<Sch &&>(sch), static_cast<Sndr &&>(sndr));
  }
  template <scheduler Sch, detail::adaptor_closure Closure>
  constexpr auto operator()(Sch &&sch, Closure &&closure) const {
    return detail::on_closure<snug::detail::remove_cvref_t<Sch>, snug::detail::remove_cvref_t<Closure>>(
        static_cast<Sch &&>(sch), static_cast<Closure &&>(closure));
  }
  template <sender Sndr, scheduler Sch, detail::adaptor_closure Closure>
  constexpr auto operator()(Sndr &&sndr, Sch &&sch, Closure &&closure) const {
    return (*this)(static_cast<Sch &&>(sch), static_cast<Closure &&>(closure))(static_cast<Sndr &&>(sndr));
  }

  template <detail::sender_for<on_t> Sndr, class Env>
    requires detail::knows_return<snug::detail::remove_cvref_t<detail::part_t<1, Sndr>>,
                                  snug::detail::remove_cvref_t<detail::part_t<2, Sndr>>, Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &env) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    if constexpr (detail::is_on_data<snug::detail::remove_cvref_t<decltype(data)>>) {
      auto back = get_completion_scheduler<set_value_t>(execution::get_env(child), env);
      return continues_on(snug::detail::forward_member<Sndr>(data.closure)(
                              continues_on(snug::detail::forward_member<Sndr>(child), data.sch)),
                          std::move(back));
    } else {
      return continues_on(
          starts_on(snug::detail::forward_member<Sndr>(data), snug::detail::forward_member<Sndr>(child)),
          get_start_scheduler(env));
    }
  }
};
inline constexpr on_t on{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
