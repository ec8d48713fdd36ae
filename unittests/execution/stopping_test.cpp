// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A stop that is requested before, while and after an operation runs, under every adaptor and with every kind of token
// ([exec.get.stop.token]).
#include <snug/shared_stop_token.hpp>
#include <snug/std_stop_token.hpp>

#include "controlled_sender.hpp"
#include "every_adaptor.hpp"

#include <gtest/gtest.h>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class Token> struct env_of_token {
  Token token;
  Token query(snug::get_stop_token_t) const noexcept { return token; }
};

template <class Source> class Stopping : public testing::Test {
protected:
  using env = env_of_token<decltype(std::declval<Source &>().get_token())>;
};
#ifdef __cpp_lib_jthread
using sources = testing::Types<snug::inplace_stop_source, snug::stop_source, std::stop_source>;
#else
using sources = testing::Types<snug::inplace_stop_source, snug::stop_source>;
#endif
TYPED_TEST_SUITE(Stopping, sources);

// Whether the sender was started or not, the operation completes as stopped before start() returns; where the token is
// hidden it is started and knows nothing.
TYPED_TEST(Stopping, BeforeTheStart) {
  for_each_adaptor([](char const *name, adaptor_rules rules, auto adaptor) {
    using env = typename TestFixture::env;
    controller control;
    TypeParam source;
    outcome<int> result;
    auto op = ex::connect(adaptor(controlled{&control}), recorder<env, int>{&result, env{source.get_token()}});
    source.request_stop();
    ex::start(op);
    if (rules.hides_stop) {
      EXPECT_EQ(result.completions, 0) << name;
      control.set_value(1);
      expect_end(result, ends_with::value, 1, name);
    } else if (result.stopped) {
      EXPECT_LE(control.starts, 1) << name;
      expect_end(result, ends_with::stopped, 0, name);
    } else {
      expect_end(result, rules.on_stopped, 0, name);
    }
    EXPECT_EQ(control.stop_requests, rules.hides_stop ? 0 : control.starts) << name;
  });
}

TYPED_TEST(Stopping, WhileItRuns) {
  for_each_adaptor([](char const *name, adaptor_rules rules, auto adaptor) {
    using env = typename TestFixture::env;
    controller control;
    TypeParam source;
    outcome<int> result;
    auto op = ex::connect(adaptor(controlled{&control}), recorder<env, int>{&result, env{source.get_token()}});
    ex::start(op);
    EXPECT_EQ(control.starts, 1) << name;
    source.request_stop();
    if (rules.hides_stop) {
      EXPECT_EQ(result.completions, 0) << name;
      control.set_value(1);
      expect_end(result, ends_with::value, 1, name);
    } else {
      EXPECT_EQ(control.stop_requests, 1) << name;
      expect_end(result, rules.on_stopped, 0, name);
    }
  });
}

// Nobody is called any more: the callbacks are gone with the completion.
TYPED_TEST(Stopping, AfterTheCompletion) {
  for_each_adaptor([](char const *name, adaptor_rules, auto adaptor) {
    using env = typename TestFixture::env;
    controller control;
    TypeParam source;
    outcome<int> result;
    auto op = ex::connect(adaptor(controlled{&control}), recorder<env, int>{&result, env{source.get_token()}});
    ex::start(op);
    control.set_value(5);
    source.request_stop();
    expect_end(result, ends_with::value, 5, name);
    EXPECT_EQ(control.stop_requests, 0) << name;
  });
}

// A token that has no source is asked and waits for nothing.
TYPED_TEST(Stopping, Never) {
  for_each_adaptor([](char const *name, adaptor_rules, auto adaptor) {
    using env = typename TestFixture::env;
    controller control;
    outcome<int> result;
    auto op = ex::connect(adaptor(controlled{&control}), recorder<env, int>{&result, {}});
    ex::start(op);
    control.set_value(6);
    expect_end(result, ends_with::value, 6, name);
  });
}

} // namespace
