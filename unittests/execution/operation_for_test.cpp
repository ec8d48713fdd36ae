// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Holds, for every adaptor and for senders connected as rvalues, lvalues and constant lvalues: the operation that a
// sender names is the one that connecting it makes, so that nothing below or above stores a receiver.
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <utility>

namespace ex = snug::execution;

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// A leaf that insists on an inlinable receiver.
template <class Completion, class Rcvr>
class insisting_op : public ex::inlinable_operation_state<insisting_op<Completion, Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<insisting_op, Rcvr>;

public:
  template <class Sndr>
  constexpr insisting_op(Sndr const &sndr, Rcvr rcvr) noexcept : receiver_base(std::move(rcvr)), value_(sndr.value) {
#if !SNUG_STORE_RECEIVERS
    static_assert(ex::inlinable_receiver<Rcvr, insisting_op>, "the operation around this one names another than this");
#endif
  }
  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if constexpr (std::same_as<Completion, ex::set_stopped_t>) {
      ex::set_stopped(std::move(rcvr));
    } else {
      Completion{}(std::move(rcvr), std::move(value_));
    }
  }

private:
  int value_;
};
template <class Completion> struct completion_of {
  using type = ex::completion_signatures<Completion(int)>;
};
template <> struct completion_of<ex::set_stopped_t> {
  using type = ex::completion_signatures<ex::set_stopped_t()>;
};
template <class Completion> struct insisting {
  using sender_concept = ex::sender_tag;
  using in_place_self = insisting;
  template <class, class Rcvr> using operation_for = insisting_op<Completion, Rcvr>;
  using completion_signatures = typename completion_of<Completion>::type;
  int value;
};

// An adaptor without anything of its own: as large as its child, unless that stores its receiver.
struct over_child {};
template <class Sndr, class Rcvr>
class over_op : public ex::inlinable_operation_state<over_op<Sndr, Rcvr>, Rcvr>,
                public ex::child_for<over_op<Sndr, Rcvr>, over_child, ex::env_of_t<Rcvr>, Sndr> {
  using receiver_base = ex::inlinable_operation_state<over_op, Rcvr>;
  using child_base_t = ex::child_for<over_op, over_child, ex::env_of_t<Rcvr>, Sndr>;

public:
  using operation_state_concept = ex::operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr over_op(Self &&self, Rcvr rcvr)
      : receiver_base(std::move(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr)) {
#if !SNUG_STORE_RECEIVERS
    static_assert(ex::inlinable_receiver<typename child_base_t::receiver, typename child_base_t::child_op_t>);
#endif
  }
  constexpr void start() noexcept { child_base_t::start_child(); }
  template <class Signal, class... Values> constexpr void complete(over_child, Signal, Values &&...values) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
  }
  static constexpr ex::env_of_t<Rcvr> get_env(over_child, over_op &op) noexcept {
    return ex::get_env(receiver_base::receiver_of(op));
  }
};
template <class Sndr> struct over {
  using sender_concept = ex::sender_tag;
  using in_place_self = over;
  template <class Self, class Rcvr> using operation_for = over_op<snug::detail::copy_cvref_t<Self, Sndr>, Rcvr>;
  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return ex::get_completion_signatures<snug::detail::copy_cvref_t<Self, Sndr>, Env...>();
  }
  Sndr sndr;
};
template <class Sndr> over(Sndr) -> over<Sndr>;

// Names another operation for each type with which it is connected.
template <class Self, class Rcvr>
class particular_op : public ex::inlinable_operation_state<particular_op<Self, Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<particular_op, Rcvr>;

public:
  constexpr particular_op(Self &&, Rcvr rcvr) noexcept : receiver_base(std::move(rcvr)) {}
  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    ex::set_value(std::move(rcvr));
  }
};
struct particular {
  using sender_concept = ex::sender_tag;
  using in_place_self = particular;
  template <class Self, class Rcvr> using operation_for = particular_op<Self, Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t()>;
};

// Counts completions of any kind.
struct counting {
  using receiver_concept = ex::receiver_tag;
  int *completions;
  void set_value(auto &&...) && noexcept { ++*completions; }
  void set_error(auto &&) && noexcept { ++*completions; }
  void set_stopped() && noexcept { ++*completions; }
};

namespace adaptors {

inline constexpr insisting<ex::set_value_t> value{3};
inline constexpr insisting<ex::set_error_t> error{4};
inline constexpr insisting<ex::set_stopped_t> stopped{5};

template <auto Make> struct adaptor {
  static auto make() { return Make(); }
};
inline constexpr auto increment = [](int x) noexcept { return x + 1; };
inline constexpr auto go_on = [](auto &...) noexcept { return value; };

using then = adaptor<[] { return ex::then(value, increment); }>;
using upon_error = adaptor<[] { return ex::upon_error(error, increment); }>;
using upon_stopped = adaptor<[] { return ex::upon_stopped(stopped, []() noexcept { return 1; }); }>;
using let_value = adaptor<[] { return ex::let_value(value, go_on); }>;
using let_error = adaptor<[] { return ex::let_error(error, go_on); }>;
using let_stopped = adaptor<[] { return ex::let_stopped(stopped, go_on); }>;
using bulk = adaptor<[] { return ex::bulk(value, ex::seq, 2, [](int, int &) noexcept {}); }>;
using bulk_chunked = adaptor<[] { return ex::bulk_chunked(value, ex::seq, 2, [](int, int, int &) noexcept {}); }>;
using bulk_unchunked = adaptor<[] { return ex::bulk_unchunked(value, ex::seq, 2, [](int, int &) noexcept {}); }>;
using continues_on = adaptor<[] { return ex::continues_on(value, ex::inline_scheduler()); }>;
using starts_on = adaptor<[] { return ex::starts_on(ex::inline_scheduler(), value); }>;
using write_env = adaptor<[] { return ex::write_env(value, ex::env<>()); }>;
using unstoppable = adaptor<[] { return ex::unstoppable(value); }>;
using into_variant = adaptor<[] { return ex::into_variant(value); }>;
using when_all = adaptor<[] { return ex::when_all(value, value); }>;
using when_all_that_stops = adaptor<[] { return ex::when_all(value, stopped); }>;
using when_all_with_variant = adaptor<[] { return ex::when_all_with_variant(value, value); }>;
using stopped_as_error = adaptor<[] { return ex::stopped_as_error(stopped, 1); }>;
using stopped_as_optional = adaptor<[] { return ex::stopped_as_optional(value); }>;
using schedule_from = adaptor<[] { return ex::schedule_from(value); }>;
inline constinit snug::inplace_stop_source source;
using stop_when = adaptor<[] { return ex::detail::stop_when(value, source.get_token()); }>;
// Used and not joined, so it must not be destroyed.
inline auto &scope = *new ex::simple_counting_scope;
using associate = adaptor<[] { return ex::associate(value, scope.get_token()); }>;
using split = adaptor<[] { return ex::split(value); }>;

using all = testing::Types<then, upon_error, upon_stopped, let_value, let_error, let_stopped, bulk, bulk_chunked,
                           bulk_unchunked, continues_on, starts_on, write_env, unstoppable, into_variant, when_all,
                           when_all_that_stops, when_all_with_variant, stopped_as_error, stopped_as_optional,
                           schedule_from, stop_when, associate, split>;

} // namespace adaptors

template <class Adaptor> class EveryOperationFor : public testing::Test {};
TYPED_TEST_SUITE(EveryOperationFor, adaptors::all);

template <class Sndr> consteval bool is_what_connect_makes() {
  using named = ex::operation_for_t<ex::detail::transformed_t<Sndr, ex::env<>>, ignore>;
  static_assert(std::same_as<decltype(ex::connect(std::declval<Sndr>(), ignore{})), named>);
  static_assert(std::same_as<ex::connect_result_t<Sndr, ignore>, named>);
  return true;
}

TYPED_TEST(EveryOperationFor, IsWhatConnectMakes) {
  using sndr = decltype(TypeParam::make());
  static_assert(is_what_connect_makes<sndr>() && is_what_connect_makes<sndr &>() &&
                is_what_connect_makes<sndr const &>() && is_what_connect_makes<sndr &&>());
}

TYPED_TEST(EveryOperationFor, IsAsLargeHoweverItIsConnected) {
  using sndr = decltype(TypeParam::make());
  static_assert(size_of_op<sndr &> == size_of_op<sndr> && size_of_op<sndr const &> == size_of_op<sndr>);
}

TYPED_TEST(EveryOperationFor, CostsNothingAsAChild) {
  using sndr = decltype(TypeParam::make());
  using outer = over<sndr>;
  constexpr std::size_t stored = SNUG_STORE_RECEIVERS != 0 ? sizeof(void *) : 0;
  static_assert(size_of_op<outer> >= size_of_op<sndr> + stored);
  static_assert(SNUG_STORE_RECEIVERS != 0 ||
                (size_of_op<outer> == size_of_op<sndr> && size_of_op<outer &> == size_of_op<sndr> &&
                 size_of_op<outer const &> == size_of_op<sndr>));
}

template <class Sndr> int completions_of(Sndr &&sndr) {
  int completions = 0;
  auto op = ex::connect(static_cast<Sndr &&>(sndr), counting{&completions});
  ex::start(op);
  return completions;
}

TYPED_TEST(EveryOperationFor, FindsItsParent) {
  auto sndr = over(TypeParam::make());
  EXPECT_EQ(completions_of(sndr), 1);
  EXPECT_EQ(completions_of(std::as_const(sndr)), 1);
  EXPECT_EQ(completions_of(std::move(sndr)), 1);
}

TYPED_TEST(EveryOperationFor, FindsItsParentAsALateChild) {
  auto later = TypeParam::make();
  EXPECT_EQ(completions_of(ex::just() | ex::let_value([&]() noexcept { return later; })), 1);
  EXPECT_EQ(completions_of(ex::just() | ex::let_value([&]() noexcept -> auto & { return later; })), 1);
  EXPECT_EQ(completions_of(ex::just() | ex::let_value([&]() noexcept -> auto const & { return later; })), 1);
  EXPECT_EQ(completions_of(ex::just() | ex::let_value([&]() noexcept -> auto && { return std::move(later); })), 1);
}

TEST(OperationFor, AnXvalueIsConnectedAsARvalue) {
  static_assert(is_what_connect_makes<particular>() && is_what_connect_makes<particular &>() &&
                is_what_connect_makes<particular const &>() && is_what_connect_makes<particular &&>());
  static_assert(std::same_as<ex::operation_for_t<particular &&, ignore>, ex::operation_for_t<particular, ignore>>);
  particular later;
  EXPECT_EQ(completions_of(ex::just() | ex::let_value([&]() noexcept -> auto && { return std::move(later); })), 1);
}

} // namespace snug_test::inline SNUG_ABI_NAMESPACE
