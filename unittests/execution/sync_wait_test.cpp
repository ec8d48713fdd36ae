// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of this_thread::sync_wait ([exec.sync.wait]).
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/run_loop.hpp>
#include <snug/execution/sync_wait.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/when_all.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

TEST(SyncWait, ReturnsTheValues) {
  EXPECT_EQ(sync_wait(ex::just(1, std::string("two"))), std::tuple(1, std::string("two")));
  EXPECT_EQ(sync_wait(ex::just()), std::tuple());
  auto moved = sync_wait(ex::just(std::make_unique<int>(3)));
  EXPECT_EQ(*std::get<0>(moved.value()), 3);
}

// Completes with a value, an error or a stop, as it is told when it runs.
template <class Error, class Rcvr>
class choice_op : public ex::inlinable_operation_state<choice_op<Error, Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<choice_op, Rcvr>;

public:
  template <class Sndr> choice_op(Sndr const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), error_(sndr.error) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if (error_.has_value()) {
      ex::set_error(std::move(rcvr), *std::move(error_));
    } else {
      ex::set_stopped(std::move(rcvr));
    }
  }

private:
  std::optional<Error> error_;
};
template <class Error> struct choice {
  using sender_concept = ex::sender_tag;
  using in_place_self = choice;
  template <class, class Rcvr> using operation_for = choice_op<Error, Rcvr>;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(), ex::set_error_t(Error), ex::set_stopped_t()>;
  std::optional<Error> error;
};

TEST(SyncWait, ReturnsNothingWhereStopped) { EXPECT_EQ(sync_wait(choice<int>{}), std::nullopt); }

TEST(SyncWait, ThrowsErrors) {
  EXPECT_THROW(sync_wait(ex::just(1) | ex::then([](int) -> int { throw std::logic_error("no"); })), std::logic_error);
  EXPECT_THROW(sync_wait(choice<int>{7}), int);
  EXPECT_THROW(sync_wait(choice<std::exception_ptr>{std::make_exception_ptr(std::logic_error("no"))}),
               std::logic_error);
}

TEST(SyncWait, ThrowsAnErrorCodeAsSystemError) {
  auto const code = std::make_error_code(std::errc::timed_out);
  try {
    sync_wait(choice<std::error_code>{code});
    FAIL();
  } catch (std::system_error const &error) {
    EXPECT_EQ(error.code(), code);
  }
  static_assert(snug::detail::is_std_error_code<std::error_code>());
  static_assert(!snug::detail::is_std_error_code<std::errc>() && !snug::detail::is_std_error_code<int>());
}

TEST(SyncWait, OffersItsOwnLoop) {
  auto on_loop = sync_wait(ex::read_env(ex::get_scheduler) | ex::then([](auto sch) noexcept {
                             static_assert(ex::scheduler<decltype(sch)>);
                             return 1;
                           }));
  EXPECT_EQ(on_loop, std::tuple(1));
  EXPECT_TRUE(sync_wait(ex::read_env(ex::get_delegation_scheduler)).has_value());
}

TEST(SyncWait, WaitsForAnotherThread) {
  ex::run_loop loop;
  std::jthread runner([&] { loop.run(); });
  for (int i = 0; i != 500; ++i) {
    EXPECT_EQ(sync_wait(ex::schedule(loop.get_scheduler()) | ex::then([i]() noexcept { return i; })), std::tuple(i));
  }
  loop.finish();
}

TEST(SyncWait, TakesForeignSendersAndLvalues) {
  foreign const sndr{4};
  EXPECT_EQ(sync_wait(sndr), std::tuple(4));
  auto const pipeline = ex::just(std::string("ab")) | ex::then([](std::string s) { return s + "c"; });
  EXPECT_EQ(sync_wait(pipeline), std::tuple(std::string("abc")));
  EXPECT_EQ(sync_wait(pipeline), std::tuple(std::string("abc")));
}

} // namespace
