// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of environments ([exec.prop], [exec.env], [exec.get.env]) and of the queries that an environment answers
// ([exec.fwd.env], [exec.get.allocator], [exec.get.stop.token], [exec.get.scheduler], [exec.get.start.scheduler],
// [exec.get.delegation.scheduler], [exec.get.fwd.progress], [exec.get.compl.sched], [exec.get.compl.domain]).
#include <snug/execution/env.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/run_loop.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace ex = snug::execution;

namespace {

struct color_t {
  template <class Env>
  constexpr auto operator()(Env const &env) const noexcept
    requires snug::detail::has_query<Env, color_t>
  {
    return env.query(*this);
  }
};
inline constexpr color_t color{};
struct name_t {};

TEST(Env, APropAnswersOneQuery) {
  constexpr ex::prop blue(color, 3);
  static_assert(color(blue) == 3);
  static_assert(!snug::detail::has_query<decltype(blue), name_t>);
  static_assert(sizeof(blue) == sizeof(int));
}

TEST(Env, TheFirstThatKnowsAnswers) {
  ex::env const both(ex::prop(color, 1), ex::prop(name_t{}, std::string("n")), ex::prop(color, 2));
  EXPECT_EQ(color(both), 1);
  EXPECT_EQ(both.query(name_t{}), "n");
  static_assert(!snug::detail::has_query<ex::env<>, color_t>);
}

TEST(Env, KeepsAReferenceWhereItIsGivenOne) {
  int shade = 3;
  ex::prop const by_reference(color, std::ref(shade));
  static_assert(std::same_as<decltype(by_reference), ex::prop<color_t, int &> const>);
  ex::prop paint(color, 1);
  ex::env const both(std::ref(paint), ex::prop(name_t{}, 2));
  static_assert(std::same_as<decltype(both), ex::env<ex::prop<color_t, int> &, ex::prop<name_t, int>> const>);
  shade = 4;
  paint.value_ = 5;
  EXPECT_EQ(color(by_reference), 4);
  EXPECT_EQ(color(both), 5);
}

// Environments that are put together are made, copied and moved, but not assigned.
template <class Environment>
inline constexpr bool is_made_once = std::copy_constructible<Environment> && !std::is_copy_assignable_v<Environment> &&
                                     !std::is_move_assignable_v<Environment>;
static_assert(is_made_once<ex::env<>> && is_made_once<ex::env<ex::prop<color_t, int>>>);
static_assert(std::move_constructible<ex::env<ex::prop<color_t, std::unique_ptr<int>>>>);
static_assert(std::is_trivially_copyable_v<ex::env<>> && std::is_trivially_copyable_v<ex::env<ex::prop<color_t, int>>>);

TEST(Env, IsNoexceptWhereItsPartIs) {
  struct throwing {
    int query(name_t) const { return 1; }
  };
  ex::env const both(ex::prop(color, 1), throwing());
  static_assert(noexcept(both.query(color)) && !noexcept(both.query(name_t{})));
}

TEST(Env, GetEnvOfAnythingIsAnEnvironment) {
  struct silent {};
  static_assert(std::same_as<ex::env_of_t<silent>, ex::env<>>);
  struct speaking {
    ex::prop<color_t, int> get_env() const noexcept { return {color, 5}; }
  };
  EXPECT_EQ(color(ex::get_env(speaking())), 5);
}

TEST(Queries, StopTokenDefaultsToNever) {
  static_assert(std::same_as<snug::stop_token_of_t<ex::env<>>, snug::never_stop_token>);
  snug::inplace_stop_source source;
  ex::prop const env(snug::get_stop_token, source.get_token());
  EXPECT_EQ(snug::get_stop_token(env), source.get_token());
}

TEST(Queries, AnswersAreFoundByTheirQuery) {
  std::allocator<int> const allocator;
  EXPECT_EQ(snug::get_allocator(ex::prop(snug::get_allocator, allocator)), allocator);
  ex::run_loop loop;
  auto const sch = loop.get_scheduler();
  EXPECT_EQ(ex::get_scheduler(ex::prop(ex::get_scheduler, sch)), sch);
  EXPECT_EQ(ex::get_start_scheduler(ex::prop(ex::get_start_scheduler, 2)), 2);
  EXPECT_EQ(ex::get_delegation_scheduler(ex::prop(ex::get_delegation_scheduler, 3)), 3);
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(ex::prop(ex::get_completion_scheduler<ex::set_value_t>, 4)),
            4);
  static_assert(std::same_as<decltype(ex::get_completion_domain<ex::set_value_t>(
                                 ex::prop(ex::get_completion_domain<ex::set_value_t>, ex::default_domain()))),
                             ex::default_domain>);
  static_assert(!std::invocable<snug::get_allocator_t, ex::env<>> && !std::invocable<ex::get_scheduler_t, ex::env<>>);
}

// What get_allocator may answer.
static_assert(snug::detail::simple_allocator<std::allocator<int>>);
static_assert(!snug::detail::simple_allocator<std::allocator<void>> && !snug::detail::simple_allocator<int>);

TEST(Queries, ForwardingIsAskedOfTheQuery) {
  static_assert(snug::forwarding_query(snug::get_stop_token) && snug::forwarding_query(snug::get_allocator));
  static_assert(snug::forwarding_query(ex::get_scheduler) &&
                !snug::forwarding_query(ex::get_forward_progress_guarantee));
  struct mine : snug::forwarding_query_t {};
  static_assert(snug::forwarding_query(mine{}) && !snug::forwarding_query(color));
}

TEST(Queries, ProgressDefaultsToTheWeakest) {
  static_assert(ex::get_forward_progress_guarantee(0) == ex::forward_progress_guarantee::weakly_parallel);
}

} // namespace
