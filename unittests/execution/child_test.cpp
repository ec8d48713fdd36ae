// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the two forms of child and of the fallback for foreign code (P3425R1).
#include <snug/execution/child.hpp>
#include <snug/execution/child_base.hpp>
#include <snug/execution/child_operation_state.hpp>
#include <snug/execution/inlinable_receiver.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "leveled.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

constexpr bool inlined = SNUG_STORE_RECEIVERS == 0;

template <template <class, class, class, class> class Form>
constexpr bool levels_are(std::size_t s1, std::size_t s2, std::size_t s3, std::size_t s4) {
  return size_of_op<nine_bytes> == 16 && size_of_op<leveled_at<Form, 1>> == s1 &&
         size_of_op<leveled_at<Form, 2>> == s2 && size_of_op<leveled_at<Form, 3>> == s3 &&
         size_of_op<leveled_at<Form, 4>> == s4;
}
#if SNUG_STORE_RECEIVERS
static_assert(levels_are<ex::child_base>(32, 48, 64, 80));
static_assert(levels_are<ex::child_operation_state>(32, 48, 64, 80));
#else
static_assert(levels_are<ex::child_base>(16, 16, 16, 16));
static_assert(levels_are<ex::child_operation_state>(24, 32, 40, 48));
#endif

TEST(Child, BothFormsRun) {
  EXPECT_EQ((run<int>(make_leveled<ex::child_base, 4>()).value()), 4);
  EXPECT_EQ((run<int>(make_leveled<ex::child_operation_state, 4>()).value()), 4);
}

TEST(Child, FormsMix) {
  leveled<ex::child_base, 2, leveled<ex::child_operation_state, 1, nine_bytes>> sndr{};
  EXPECT_EQ(run<int>(sndr).value(), 2);
  leveled<ex::child_operation_state, 2, leveled<ex::child_base, 1, nine_bytes>> other{};
  EXPECT_EQ(run<int>(other).value(), 2);
}

// A receiver of ours may be inlined by the operation that the child's sender names and by no other.
template <class Op> struct child_of;
template <class Sndr, class F, class Rcvr> struct child_of<ex::detail::then_op<ex::set_value_t, Sndr, F, Rcvr>> {
  using type = typename ex::child_for<ex::detail::then_op<ex::set_value_t, Sndr, F, Rcvr>, ex::detail::then_child,
                                      ex::env_of_t<Rcvr>, Sndr>::receiver;
};
auto increment = [](int x) noexcept { return x + 1; };
template <class Sndr>
using receiver_for =
    typename child_of<ex::connect_result_t<decltype(ex::then(std::declval<Sndr>(), increment)), ignore>>::type;

TEST(Child, ReceiversAreInlinableByTheNamedOperationAlone) {
  using just_int = decltype(ex::just(1));
  using rcvr = receiver_for<just_int>;
  static_assert(ex::inlinable_receiver<rcvr, ex::connect_result_t<just_int, rcvr>> == inlined);
  static_assert(!ex::inlinable_receiver<rcvr, ex::connect_result_t<decltype(ex::just(1L)), rcvr>>);
  static_assert(!ex::inlinable_receiver<rcvr, foreign::operation<rcvr>>);
  static_assert(!ex::inlinable_receiver<ignore, foreign::operation<ignore>>);
  // A sender with nothing but connect() has promised nothing.
  using foreign_rcvr = receiver_for<foreign>;
  static_assert(!ex::inlinable_receiver<foreign_rcvr, foreign::operation<foreign_rcvr>>);
  // The declaration that an operation is incomplete is no obstacle.
  struct incomplete;
  static_assert(!ex::inlinable_receiver<rcvr, incomplete>);
}

TEST(Child, AReceiverHandedOnByForeignCodeIsStored) {
  auto sndr = foreign_wrapper{ex::just(20) | ex::then(increment)} | ex::then([](int x) noexcept { return 2 * x; });
  EXPECT_EQ(run<int>(std::move(sndr)).value(), 42);
  EXPECT_EQ(run<int>(foreign_wrapper{foreign_wrapper{foreign{1} | ex::then(increment)}} | ex::then(increment)).value(),
            3);
}

// A sender whose connect() does more than construct, and which names its operation: inlined in the byte form.
template <class Rcvr> class counted_op : public ex::inlinable_operation_state<counted_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<counted_op, Rcvr>;

public:
  counted_op(Rcvr rcvr, int value) : receiver_base(std::move(rcvr)), value_(value) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    ex::set_value(std::move(rcvr), static_cast<int>(value_));
  }

private:
  int value_;
};
struct counted {
  using sender_concept = ex::sender_tag;
  using connect_self = counted;
  template <class, class Rcvr> using operation_for = counted_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;

  template <class Rcvr> counted_op<Rcvr> connect(Rcvr rcvr) const {
    ++*connections;
    return counted_op<Rcvr>(std::move(rcvr), value);
  }
  int *connections;
  int value;
};

TEST(Child, ASenderThatNamesWhatItsConnectReturnsIsInlined) {
  int connections = 0;
  EXPECT_EQ(run<int>(counted{&connections, 2} | ex::then(increment)).value(), 3);
  EXPECT_EQ(connections, 1);
  using op = ex::connect_result_t<decltype(counted{} | ex::then(increment)), ignore>;
  static_assert(sizeof(op) == (inlined ? 4 : 16));
  auto sndr = ex::when_all(counted{&connections, 2}, counted{&connections, 3});
  EXPECT_EQ((run<int, int>(sndr).values), std::tuple(2, 3));
  EXPECT_EQ(connections, 3);
}

} // namespace
