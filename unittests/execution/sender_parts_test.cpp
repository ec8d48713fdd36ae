// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of how senders are taken apart ([exec.snd.concepts], [exec.snd.expos]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

struct twice {
  constexpr int operator()(int x) const noexcept { return 2 * x; }
};
struct then_what {
  constexpr auto operator()(auto &&...) const noexcept { return ex::just(); }
};
struct nothing {
  constexpr void operator()(auto &&...) const noexcept {}
};

template <class Sndr> using tag_t = ex::tag_of_t<Sndr>;

template <class Sndr>
concept tagged = requires { typename tag_t<Sndr>; };

using just1 = decltype(ex::just(1));
using bulk1 = decltype(ex::bulk(ex::just(1), ex::par, 4, nothing{}));
static_assert(std::same_as<tag_t<just1>, ex::just_t>);
static_assert(std::same_as<tag_t<decltype(ex::just_error(1))>, ex::just_error_t>);
static_assert(std::same_as<tag_t<decltype(ex::just_stopped())>, ex::just_stopped_t>);
static_assert(std::same_as<tag_t<decltype(ex::read_env(ex::get_scheduler))>, ex::read_env_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::then(twice{}))>, ex::then_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::upon_error(twice{}))>, ex::upon_error_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::upon_stopped(nothing{}))>, ex::upon_stopped_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::let_value(then_what{}))>, ex::let_value_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::let_error(then_what{}))>, ex::let_error_t>);
static_assert(std::same_as<tag_t<decltype(ex::just(1) | ex::let_stopped(then_what{}))>, ex::let_stopped_t>);
static_assert(std::same_as<tag_t<bulk1>, ex::bulk_t>);
static_assert(std::same_as<tag_t<decltype(ex::bulk_chunked(ex::just(1), ex::par, 4, nothing{}))>, ex::bulk_chunked_t>);
static_assert(
    std::same_as<tag_t<decltype(ex::bulk_unchunked(ex::just(1), ex::par, 4, nothing{}))>, ex::bulk_unchunked_t>);
static_assert(std::same_as<tag_t<decltype(ex::when_all(ex::just(1), ex::just(2)))>, ex::when_all_t>);
static_assert(std::same_as<tag_t<decltype(ex::into_variant(ex::just(1)))>, ex::into_variant_t>);
static_assert(std::same_as<tag_t<decltype(ex::write_env(ex::just(1), ex::env<>{}))>, ex::write_env_t>);
static_assert(std::same_as<tag_t<decltype(ex::starts_on(ex::inline_scheduler(), ex::just(1)))>, ex::starts_on_t>);
static_assert(std::same_as<tag_t<decltype(ex::continues_on(ex::just(1), ex::inline_scheduler()))>, ex::continues_on_t>);
static_assert(std::same_as<tag_t<decltype(ex::schedule_from(ex::just(1)))>, ex::schedule_from_t>);
static_assert(std::same_as<tag_t<decltype(ex::when_all_with_variant(ex::just(1)))>, ex::when_all_with_variant_t>);
static_assert(std::same_as<tag_t<just1 const &>, ex::just_t>);
static_assert(!tagged<foreign> && !tagged<ex::schedule_result_t<ex::run_loop::scheduler>>);

TEST(SenderParts, OfAFactoryAreTheTagAndTheData) {
  auto sndr = ex::just(3, std::string("ab"));
  auto &&[tag, data] = sndr;
  static_assert(std::same_as<std::remove_cvref_t<decltype(tag)>, ex::just_t>);
  auto &[number, text] = data;
  EXPECT_EQ(number, 3);
  text += "c";
  EXPECT_EQ((run<int, std::string>(sndr).values), std::tuple(3, std::string("abc")));
  auto &&[read_tag, query] = ex::read_env(snug::get_stop_token);
  static_assert(std::same_as<std::remove_cvref_t<decltype(query)>, snug::get_stop_token_t>);
}

TEST(SenderParts, OfAnAdaptorEndWithTheChild) {
  auto sndr = ex::just(3) | ex::then([factor = 5](int x) noexcept { return factor * x; });
  auto &[tag, f, child] = sndr;
  EXPECT_EQ(f(2), 10);
  EXPECT_EQ(run<int>(child).value(), 3);
  EXPECT_EQ(run<int>(tag(child, f)).value(), 15);
}

TEST(SenderParts, OfBulkHoldPolicyShapeAndFunction) {
  auto sndr = ex::bulk(ex::just(1), ex::par_unseq, 7, [offset = 2](int i, int &x) noexcept { x += i + offset; });
  auto &[tag, data, child] = sndr;
  auto &[policy, shape, f] = data;
  static_assert(std::same_as<std::remove_cvref_t<decltype(policy)>, ex::parallel_unsequenced_policy>);
  EXPECT_EQ(shape, 7);
  int x = 0;
  f(1, x);
  EXPECT_EQ(x, 3);
}

TEST(SenderParts, OfSeveralChildrenAreAllOfThem) {
  auto sndr = ex::when_all(ex::just(1), ex::just(2L), ex::just('c'));
  auto &[tag, data, first, second, third] = sndr;
  EXPECT_EQ(run<int>(first).value(), 1);
  EXPECT_EQ(run<long>(second).value(), 2);
  EXPECT_EQ(run<char>(third).value(), 'c');
}

TEST(SenderParts, OfContinuesOnAreTheSchedulerAndTheHook) {
  ex::run_loop loop;
  auto sndr = ex::continues_on(ex::just(4), loop.get_scheduler());
  auto &[tag, sch, hook] = sndr;
  EXPECT_EQ(sch, loop.get_scheduler());
  auto &[hook_tag, none, child] = hook;
  static_assert(std::same_as<std::remove_cvref_t<decltype(hook_tag)>, ex::schedule_from_t>);
  EXPECT_EQ(run<int>(child).value(), 4);
}

TEST(SenderParts, MoveOutOfASenderThatIsMoved) {
  auto sndr = ex::then(ex::just(std::make_unique<int>(6)), [](std::unique_ptr<int> p) noexcept { return *p; });
  auto [tag, f, child] = std::move(sndr);
  static_assert(
      std::same_as<decltype(ex::detail::get<2>(std::move(sndr))), std::remove_reference_t<decltype(child)> &&>);
  auto [just_tag, values] = std::move(child);
  auto [pointer] = std::move(values);
  EXPECT_EQ(*pointer, 6);
}

TEST(SenderParts, AreConstantWhereTheSenderIs) {
  auto const sndr = ex::just(1) | ex::then(twice{});
  auto &[tag, f, child] = sndr;
  static_assert(std::is_const_v<decltype(f)> && std::is_const_v<decltype(child)>);
}

// A class that means something else by connect is not of the algorithm that it derives from.
struct overrides : just1 {
  overrides() : just1(ex::set_value, 1) {}
};
static_assert(!tagged<overrides> || SNUG_HAS_STRUCTURED_BINDING_SIZE == 0 || !ex::detail::has_parts<overrides>);

// An algorithm of somebody else.
struct answer_t {
  template <class Sndr> auto transform_sender(ex::set_value_t, Sndr &&sndr, auto const &) const {
    auto &&[tag, value] = sndr;
    return ex::just(value);
  }
};
struct answer {
  using sender_concept = ex::sender_tag;
  answer_t tag;
  int value;
};
#if SNUG_HAS_STRUCTURED_BINDING_SIZE
static_assert(std::same_as<tag_t<answer>, answer_t>);
static_assert(
    std::same_as<ex::completion_signatures_of_t<answer, ex::env<>>, ex::completion_signatures<ex::set_value_t(int)>>);

TEST(SenderParts, OfAClassWithPublicMembersAreThese) {
  EXPECT_EQ(run<int>(answer{{}, 42}).value(), 42);
  EXPECT_EQ(run<int>(answer{{}, 42} | ex::then(twice{})).value(), 84);
}
#endif

} // namespace
