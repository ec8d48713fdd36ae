// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of the receiver concepts and the completion functions ([exec.recv.concepts], [exec.set.value], [exec.set.error],
// [exec.set.stopped]).
#include <snug/execution/inlinable_receiver.hpp>
#include <snug/execution/receiver.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace ex = snug::execution;

namespace {

struct counts {
  int values = 0;
  int errors = 0;
  int stops = 0;
};

struct counting {
  using receiver_concept = ex::receiver_tag;
  counts *seen;

  void set_value(int x, std::unique_ptr<int> y) && noexcept { seen->values = x + *y; }
  void set_error(std::unique_ptr<int> error) && noexcept { seen->errors = *error; }
  void set_stopped() && noexcept { ++seen->stops; }
};

TEST(Completions, AreHandedToTheReceiverByTheirValueCategory) {
  counts seen;
  ex::set_value(counting{&seen}, 40, std::make_unique<int>(2));
  EXPECT_EQ(seen.values, 42);
  ex::set_error(counting{&seen}, std::make_unique<int>(3));
  EXPECT_EQ(seen.errors, 3);
  ex::set_stopped(counting{&seen});
  EXPECT_EQ(seen.stops, 1);
  static_assert(noexcept(ex::set_stopped(counting{&seen})) && noexcept(ex::set_error(counting{&seen}, nullptr)));
  static_assert(noexcept(ex::set_value(counting{&seen}, 1, nullptr)));
}

struct nameless {
  void set_stopped() && noexcept {}
};
struct last final {
  using receiver_concept = ex::receiver_tag;
};
struct throws_when_moved {
  using receiver_concept = ex::receiver_tag;
  throws_when_moved(throws_when_moved &&) noexcept(false) {}
};
struct move_only {
  using receiver_concept = ex::receiver_tag;
  move_only(move_only &&) = default;
};
struct derived : counting {};

TEST(Receiver, IsWhatSaysSoAndMovesWithoutAnException) {
  static_assert(ex::receiver<counting> && ex::receiver<counting &> && ex::receiver<counting const &>);
  static_assert(ex::receiver<derived>);
  static_assert(!ex::receiver<nameless> && !ex::receiver<int>);
  static_assert(!ex::receiver<last>);
  static_assert(!ex::receiver<throws_when_moved>);
  // An lvalue stands for a copy.
  static_assert(ex::receiver<move_only> && !ex::receiver<move_only &>);
}

TEST(Receiver, TheEarlierNameOfTheTagIsTheSameType) { static_assert(std::is_same_v<ex::receiver_t, ex::receiver_tag>); }

struct operation; // stays incomplete: the question is asked before the operation is

template <class Self> struct offering {
  using receiver_concept = ex::receiver_tag;
  void set_stopped() && noexcept {}
};
struct exact : offering<exact> {
  template <class Op> static exact make_receiver_for(Op *) noexcept { return {}; }
};
struct member : offering<member> {
  template <class Op> member make_receiver_for(Op *) noexcept { return {}; }
};
struct may_throw : offering<may_throw> {
  template <class Op> static may_throw make_receiver_for(Op *) { return {}; }
};
struct makes_another : offering<makes_another> {
  template <class Op> static exact make_receiver_for(Op *) noexcept { return {}; }
};
struct by_reference : offering<by_reference> {
  template <class Op> static by_reference &make_receiver_for(Op *) noexcept;
};
struct for_one : offering<for_one> {
  static for_one make_receiver_for(operation *) noexcept { return {}; }
};

TEST(InlinableReceiver, IsMadeStaticallyExactlyAndWithoutAnException) {
  static_assert(ex::inlinable_receiver<exact, operation>);
  static_assert(ex::inlinable_receiver<for_one, operation> && !ex::inlinable_receiver<for_one, int>);
  static_assert(!ex::inlinable_receiver<member, operation>);
  static_assert(!ex::inlinable_receiver<may_throw, operation>);
  static_assert(!ex::inlinable_receiver<makes_another, operation>);
  static_assert(!ex::inlinable_receiver<by_reference, operation>);
  static_assert(!ex::inlinable_receiver<counting, operation>);
}

} // namespace
