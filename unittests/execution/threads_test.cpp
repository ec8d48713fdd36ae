// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Completion inside start() and on another thread, under every adaptor.
#include "every_adaptor.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(Threads, CompletionInsideStart) {
  for_each_adaptor([](char const *name, adaptor_rules, auto adaptor) {
    expect_end(run<int>(adaptor(ex::just(3))), ends_with::value, 3, name);
    EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(adaptor(ex::just(3))).value()), 3) << name;
  });
}

// The waiting thread reads what another one wrote.
TEST(Threads, CompletionOnAnotherThread) {
  ex::run_loop loop;
  std::jthread worker([&] { loop.run(); });
  for_each_adaptor([&](char const *name, adaptor_rules, auto adaptor) {
    int written = 0;
    auto sndr = ex::schedule(loop.get_scheduler()) | ex::then([&]() noexcept {
                  written = 4;
                  return 3;
                });
    EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(adaptor(sndr)).value()), 3) << name;
    EXPECT_EQ(written, 4) << name;
  });
  loop.finish();
}

// From the waiting thread to the worker and back.
TEST(Threads, CompletionThereAndBack) {
  ex::run_loop loop;
  std::jthread worker([&] { loop.run(); });
  for_each_adaptor([&](char const *name, adaptor_rules, auto adaptor) {
    auto const here = std::this_thread::get_id();
    bool was_there = false, is_here = false;
    auto sndr = ex::starts_on(loop.get_scheduler(), ex::just(5) | ex::then([&](int x) noexcept {
                                                      was_there = std::this_thread::get_id() == worker.get_id();
                                                      return x;
                                                    }));
    auto back = ex::read_env(ex::get_scheduler) | ex::let_value([&](auto const &sch) {
                  return adaptor(std::move(sndr)) | ex::continues_on(sch) | ex::then([&](int x) noexcept {
                           is_here = std::this_thread::get_id() == here;
                           return x;
                         });
                });
    EXPECT_EQ(std::get<0>(snug::this_thread::sync_wait(std::move(back)).value()), 5) << name;
    EXPECT_TRUE(was_there && is_here) << name;
  });
  loop.finish();
}

} // namespace
