// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// P3425R0's own usage examples, with only names adapted.
#include <snug/execution/child_operation_state.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <utility>

namespace ex = snug::execution;
using namespace snug_test;

namespace paper::inline SNUG_ABI_NAMESPACE {

using ex::child_operation_state;
using ex::env_of_t;
using ex::inlinable_operation_state;
using ex::set_value_t;

// An operation that needs its receiver later.
template <class Rcvr> struct my_operation_state : inlinable_operation_state<my_operation_state<Rcvr>, Rcvr> {
  my_operation_state(Rcvr r, int other_arg)
      : inlinable_operation_state<my_operation_state, Rcvr>(std::move(r)), other_state(other_arg) {}

  void start() & noexcept {
    decltype(auto) rcvr = this->get_receiver();
    ex::set_value(std::move(rcvr), static_cast<int>(other_state));
  }

private:
  int other_state;
};

struct my_sender {
  using sender_concept = ex::sender_tag;
  using connect_self = my_sender;
  template <class, class Rcvr> using operation_for = my_operation_state<Rcvr>;
  using completion_signatures = ex::completion_signatures<set_value_t(int)>;

  template <class Rcvr> my_operation_state<Rcvr> connect(Rcvr rcvr) const {
    return my_operation_state<Rcvr>(std::move(rcvr), value);
  }
  int value;
};

// A parent that implements the protocol by hand. The paper holds the child as a member, subtracts offsetof(), and says
// itself that this is undefined; a member of a class that is not standard-layout has no defined way back. A base class
// has.
template <typename ParentReceiver, typename ChildSender> class parent_op;

template <typename ParentReceiver, typename ChildSender> struct parent_op_child_receiver {
  using receiver_concept = ex::receiver_tag;
  using parent = parent_op<ParentReceiver, ChildSender>;

  parent *op;

  template <typename ChildOp> static parent_op_child_receiver make_receiver_for(ChildOp *child_op) noexcept {
    static_assert(std::same_as<ChildOp, typename parent::child_op_t>);
    return parent_op_child_receiver{&static_cast<parent &>(*child_op)}; // base to derived, [expr.static.cast]/10
  }

  void set_value(auto &&...values) && noexcept {
    auto &&rcvr = op->get_receiver();
    ex::set_value(std::move(rcvr), std::forward<decltype(values)>(values)...);
  }
  env_of_t<ParentReceiver> get_env() const noexcept { return ex::get_env(op->get_receiver()); }
};

template <typename ParentReceiver, typename ChildSender>
class parent_op : public ex::inlinable_operation_state<parent_op<ParentReceiver, ChildSender>, ParentReceiver>,
                  public ex::operation_for_t<ChildSender, parent_op_child_receiver<ParentReceiver, ChildSender>> {
public:
  using child_op_t = ex::operation_for_t<ChildSender, parent_op_child_receiver<ParentReceiver, ChildSender>>;
  using operation_state_concept = ex::operation_state_tag;
  using ex::inlinable_operation_state<parent_op, ParentReceiver>::get_receiver;

  parent_op(ChildSender &&child, ParentReceiver rcvr)
      : ex::inlinable_operation_state<parent_op, ParentReceiver>(std::move(rcvr)),
        child_op_t(std::forward<ChildSender>(child), parent_op_child_receiver<ParentReceiver, ChildSender>{this}) {}

  void start() noexcept { child_op_t::start(); }
};

struct first_child_tag {};

template <class ParentRcvr, class ChildSndr>
struct my_parent_op
    : inlinable_operation_state<my_parent_op<ParentRcvr, ChildSndr>, ParentRcvr>,
      child_operation_state<my_parent_op<ParentRcvr, ChildSndr>, first_child_tag, env_of_t<ParentRcvr>, ChildSndr> {
  using child_t = child_operation_state<my_parent_op, first_child_tag, env_of_t<ParentRcvr>, ChildSndr>;

  my_parent_op(ParentRcvr rcvr, ChildSndr &&child, int arg)
      : inlinable_operation_state<my_parent_op, ParentRcvr>(std::move(rcvr)), child_t(std::forward<ChildSndr>(child)),
        other_state(arg) {}

  void start() noexcept { child_t::start_child(); }

  void complete(first_child_tag, set_value_t, auto &&...datums) noexcept {
    auto &&rcvr = this->get_receiver();
    ex::set_value(std::move(rcvr), (other_state + ... + datums));
  }

  auto get_env(first_child_tag) noexcept { return ex::get_env(this->get_receiver()); }

private:
  int other_state;
};

} // namespace paper::inline SNUG_ABI_NAMESPACE

namespace {

using recorder_t = recorder<ex::env<>, int>;

TEST(PaperExamples, AnOperationStateThatNeedsItsReceiver) {
  outcome<int> result;
  auto op = ex::connect(paper::my_sender{4}, recorder_t{&result});
  ex::start(op);
  EXPECT_EQ(result.value(), 4);
}

TEST(PaperExamples, AParentThatImplementsTheProtocolByHand) {
  outcome<int> result;
  using sndr = decltype(ex::just(1));
  paper::parent_op<recorder_t, sndr> op(ex::just(5), recorder_t{&result});
  ex::start(op);
  EXPECT_EQ(result.value(), 5);
  static_assert(sizeof(paper::parent_op<ignore, sndr>) == (SNUG_STORE_RECEIVERS ? 16 : 4));
}

TEST(PaperExamples, AParentThatUsesTheHelper) {
  outcome<int> result;
  using sndr = decltype(ex::just(1, 2));
  paper::my_parent_op<recorder_t, sndr> op(recorder_t{&result}, ex::just(1, 2), 100);
  ex::start(op);
  EXPECT_EQ(result.value(), 103);
  static_assert(sizeof(paper::my_parent_op<ignore, sndr>) == (SNUG_STORE_RECEIVERS ? 24 : 12));
}

TEST(PaperExamples, TheHelperTakesAnySender) {
  outcome<int> result;
  using by_connect = paper::my_parent_op<recorder_t, paper::my_sender>;
  by_connect op(recorder_t{&result}, paper::my_sender{7}, 100);
  ex::start(op);
  EXPECT_EQ(result.value(), 107);
  static_assert(sizeof(paper::my_parent_op<ignore, paper::my_sender>) == (SNUG_STORE_RECEIVERS ? 24 : 8));

  outcome<int> other;
  paper::my_parent_op<recorder_t, foreign> storing(recorder_t{&other}, foreign{8}, 100);
  ex::start(storing);
  EXPECT_EQ(other.value(), 108);
}

} // namespace
