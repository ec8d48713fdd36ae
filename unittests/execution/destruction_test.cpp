// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Operation states that are destroyed inside their completion ([exec.async.ops]/11), and such that are never started.
#include "controlled_sender.hpp"
#include "every_adaptor.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// Senders of all three completions, which complete inside start().
struct either_inline {
  using sender_concept = ex::sender_tag;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(int), ex::set_stopped_t()>;
  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    ends_with end;
    int number;
    void start() noexcept {
      if (end == ends_with::value) {
        ex::set_value(std::move(rcvr), std::move(number));
      } else if (end == ends_with::error) {
        ex::set_error(std::move(rcvr), std::move(number));
      } else {
        ex::set_stopped(std::move(rcvr));
      }
    }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), end, number}; }
  ends_with end;
  int number;
};

// An access to the operation after its completion shows under ASan.
TEST(Destruction, InsideACompletionInsideStart) {
  for_each_adaptor([](char const *name, adaptor_rules rules, auto adaptor) {
    outcome<int> value, error, stopped;
    start_and_destroy(value, adaptor(either_inline{ends_with::value, 3}));
    expect_end(value, ends_with::value, 3, name);
    start_and_destroy(error, adaptor(either_inline{ends_with::error, 4}));
    expect_end(error, rules.on_error, 4, name);
    start_and_destroy(stopped, adaptor(either_inline{ends_with::stopped, 0}));
    expect_end(stopped, rules.on_stopped, 0, name);
  });
}

TEST(Destruction, InsideALateCompletion) {
  for_each_adaptor([](char const *name, adaptor_rules rules, auto adaptor) {
    controller control;
    outcome<int> value, error, stopped;
    start_and_destroy(value, adaptor(controlled{&control}));
    EXPECT_EQ(value.completions, 0) << name;
    control.set_value(3);
    expect_end(value, ends_with::value, 3, name);
    start_and_destroy(error, adaptor(controlled{&control}));
    control.set_error(4);
    expect_end(error, rules.on_error, 4, name);
    start_and_destroy(stopped, adaptor(controlled{&control}));
    control.set_stopped();
    expect_end(stopped, rules.on_stopped, 0, name);
    EXPECT_EQ(control.alive, 0) << name;
  });
}

// The completion runs inside request_stop(), which goes on afterwards.
TEST(Destruction, InsideAStop) {
  for_each_adaptor([](char const *name, adaptor_rules rules, auto adaptor) {
    if (rules.hides_stop) {
      return;
    }
    controller control;
    outcome<int> result;
    snug::inplace_stop_source source;
    start_and_destroy(result, adaptor(controlled{&control}), token_env{source.get_token()});
    EXPECT_EQ(result.completions, 0) << name;
    source.request_stop();
    expect_end(result, rules.on_stopped, 0, name);
    EXPECT_EQ(control.alive, 0) << name;
  });
}

// What is connected and never started completes nothing and leaves nothing.
TEST(Destruction, WithoutAStart) {
  for_each_adaptor([](char const *name, adaptor_rules, auto adaptor) {
    controller control;
    outcome<int> result;
    {
      auto op = ex::connect(adaptor(controlled{&control}), recorder<ex::env<>, int>{&result});
    }
    EXPECT_EQ(result.completions, 0) << name;
    EXPECT_EQ(control.starts, 0) << name;
    EXPECT_EQ(control.alive, 0) << name;
  });
}

} // namespace
