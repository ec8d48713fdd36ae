// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of sync_wait_with_variant ([exec.sync.wait.var]).
#include <snug/execution/just.hpp>
#include <snug/execution/read_env.hpp>
#include <snug/execution/scheduler.hpp>
#include <snug/execution/sync_wait_with_variant.hpp>
#include <snug/execution/then.hpp>
#include <snug/execution/write_env.hpp>

#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

using snug::this_thread::sync_wait_with_variant;
using int_or_string = std::variant<std::tuple<int>, std::tuple<std::string>>;

TEST(SyncWaitWithVariant, ReturnsTheAlternativeOfTheCompletion) {
  std::same_as<std::optional<int_or_string>> auto const number = sync_wait_with_variant(either_sender{3});
  EXPECT_EQ(number, int_or_string(std::tuple(3)));
  EXPECT_EQ(sync_wait_with_variant(either_sender{-1}), int_or_string(std::tuple(std::string("negative"))));
}

TEST(SyncWaitWithVariant, TakesSendersWithOneCompletion) {
  using values = std::variant<std::tuple<int, long>>;
  std::same_as<std::optional<values>> auto const result = sync_wait_with_variant(ex::just(1, 2L));
  EXPECT_EQ(result, values(std::tuple(1, 2L)));
}

TEST(SyncWaitWithVariant, ReturnsNothingWhereTheSenderWasStopped) {
  snug::inplace_stop_source source;
  source.request_stop();
  auto const result =
      sync_wait_with_variant(polling{1} | ex::write_env(ex::prop(snug::get_stop_token, source.get_token())));
  EXPECT_FALSE(result.has_value());
}

TEST(SyncWaitWithVariant, MovesValuesThatCannotBeCopied) {
  auto result = sync_wait_with_variant(ex::just(std::make_unique<int>(4)));
  EXPECT_EQ(*std::get<0>(std::get<0>(result.value())), 4);
}

TEST(SyncWaitWithVariant, ThrowsTheErrors) {
  auto const fails = ex::just(1) | ex::then([](int) -> int { throw std::runtime_error("no"); });
  EXPECT_THROW(sync_wait_with_variant(fails), std::runtime_error);
  auto const code = ex::just(std::make_error_code(std::errc::timed_out)) |
                    ex::then([](std::error_code e) -> int { throw std::system_error(e); });
  EXPECT_THROW(sync_wait_with_variant(code), std::system_error);
}

TEST(SyncWaitWithVariant, OffersTheWaitingThreadAsScheduler) {
  auto const result = sync_wait_with_variant(ex::read_env(ex::get_scheduler));
  EXPECT_TRUE(result.has_value());
}

} // namespace
