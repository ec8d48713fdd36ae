// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Has a sender complete where it was started ([exec.affine]).
#ifndef SNUG_EXECUTION_AFFINE_HPP
#define SNUG_EXECUTION_AFFINE_HPP

#include <snug/config.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/infallible_scheduler.hpp>
#include <snug/execution/inline_attrs.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/write_env.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct affine_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

/// A scheduler whose work cannot be stopped on its way: results are not to be lost because somebody asked to stop.
template <class Sch> class unstoppable_scheduler {
public:
  using scheduler_concept = scheduler_tag;

  constexpr explicit unstoppable_scheduler(Sch sch) noexcept : sch_(static_cast<Sch &&>(sch)) {}

  constexpr auto schedule() const { return unstoppable(execution::schedule(sch_)); }

  template <class Query, class... Args>
    requires snug::detail::has_query<Sch, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return sch_.query(query, static_cast<Args &&>(args)...);
  }

  friend constexpr bool operator==(unstoppable_scheduler const &left, unstoppable_scheduler const &right) noexcept {
    return left.sch_ == right.sch_;
  }

private:
  [[no_unique_address]] Sch sch_;
};

// A sender that knows how to complete where it was started.
template <class Sndr>
concept has_affine = requires(Sndr &&sndr) {
  { static_cast<Sndr &&>(sndr).affine() } -> sender;
};

// Whether an environment names the scheduler on which it is started, one that always gets there.
template <class Env>
concept has_affinity = snug::detail::has_query<Env, get_start_scheduler_t> &&
                       infallible_scheduler<decltype(get_start_scheduler(std::declval<Env const &>())), Env>;

// Why affine has no completion signatures.
template <class Sndr, class Env> struct affine_without_scheduler {
  template <class, class> static constexpr bool names_an_infallible_scheduler = false;

  static consteval void report() {
    static_assert(names_an_infallible_scheduler<Sndr, Env>,
                  "affine: get_start_scheduler of the receiver's environment must name a scheduler that cannot fail, "
                  "such as run_loop, inline_scheduler or task_scheduler");
  }
};

// What affine becomes in an environment; itself is never connected.
template <class Sndr> class affine_sender {
public:
  using sender_concept = sender_tag;
  using parts_self = affine_sender;
  using parts_tag = affine_t;

  template <class S> constexpr explicit affine_sender(std::in_place_t, S &&sndr) : sndr_(static_cast<S &&>(sndr)) {}

  template <class Self> static consteval auto get_completion_signatures() {
    if constexpr (has_affine<snug::detail::copy_cvref_t<Self, Sndr>>) {
      return completions_t<decltype(std::declval<snug::detail::copy_cvref_t<Self, Sndr>>().affine())>{};
    } else {
      return dependent_sender_error{};
    }
  }
  template <class Self, class Env> static consteval affine_without_scheduler<Self, Env> get_completion_signatures() {
    return {};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(no_environment, snug::detail::forward_member<Self>(self.sndr_));
  }

  static constexpr inline_attrs<set_value_t> get_env() noexcept { return {}; }

private:
  static constexpr env<> no_environment{};

  [[no_unique_address]] Sndr sndr_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Has a sender complete on the scheduler on which it was started, which get_start_scheduler of the environment names.
///
/// Shapes:     every shape of the sender, decayed; set_error_t(std::exception_ptr) if keeping a value may throw. Those
///             of the sender alone where it has a member affine(), as just, just_error, just_stopped and read_env have.
/// State:      that of continues_on; no receiver, no back-pointer. 4 bytes for just(int), 24 and the receiver for a
///             sender of an int that may complete elsewhere and a run_loop (x86-64, Itanium ABI), held by
///             execution/affine_test.cpp.
/// Threads:    completes on that scheduler; does not schedule where the sender is known to complete there.
/// Lifetime:   as continues_on.
/// Source:     [exec.affine].
struct affine_t : sender_adaptor_closure<affine_t> {
  template <sender Sndr> constexpr auto operator()(Sndr &&sndr) const {
    return detail::affine_sender<snug::detail::remove_cvref_t<Sndr>>(std::in_place, static_cast<Sndr &&>(sndr));
  }

  template <detail::sender_for<affine_t> Sndr, class Env>
    requires detail::has_affinity<Env>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &env) {
    using child_t = decltype(detail::get<2>(static_cast<Sndr &&>(sndr)));
    if constexpr (detail::has_affine<child_t>) {
      return detail::get<2>(static_cast<Sndr &&>(sndr)).affine();
    } else {
      return continues_on(detail::get<2>(static_cast<Sndr &&>(sndr)),
                          detail::unstoppable_scheduler(get_start_scheduler(env)));
    }
  }
};
inline constexpr affine_t affine{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
