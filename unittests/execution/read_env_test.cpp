// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of read_env ([exec.read.env]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/read_env.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(ReadEnv, CompletesWithTheAnswer) {
  snug::inplace_stop_source source;
  EXPECT_EQ(run<snug::inplace_stop_token>(ex::read_env(snug::get_stop_token), token_env{source.get_token()}).value(),
            source.get_token());
}

struct throwing_query {
  template <class Env> int operator()(Env const &) const { throw std::runtime_error("no"); }
};

TEST(ReadEnv, AnExceptionBecomesAnError) { EXPECT_TRUE(run<int>(ex::read_env(throwing_query{})).error); }

TEST(ReadEnv, CompletionSignaturesAreExact) {
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::read_env(snug::get_stop_token)), token_env>,
                             ex::completion_signatures<ex::set_value_t(snug::inplace_stop_token)>>);
  static_assert(std::same_as<ex::completion_signatures_of_t<decltype(ex::read_env(throwing_query{})), token_env>,
                             ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(std::exception_ptr)>>);
  static_assert(!ex::sender_in<decltype(ex::read_env(snug::get_allocator)), token_env>);
  static_assert(ex::dependent_sender<decltype(ex::read_env(snug::get_allocator))>);
}

} // namespace
