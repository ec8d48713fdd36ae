// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every adaptor, each over a sender of an int that it hands on: for what must hold of all of them.
#ifndef SNUG_UNITTESTS_EXECUTION_EVERY_ADAPTOR_HPP
#define SNUG_UNITTESTS_EXECUTION_EVERY_ADAPTOR_HPP

#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <tuple>
#include <utility>
#include <variant>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// How an adaptor completes where its sender completes with the value, the error or the stop of the same number.
enum class ends_with : char { value, error, stopped };

struct adaptor_rules {
  ends_with on_error = ends_with::error;
  ends_with on_stopped = ends_with::stopped;
  bool hides_stop = false; // the sender's environment has no stop token
};

inline constexpr auto same = [](int x) noexcept { return x; };
inline constexpr auto just_same = [](int &x) noexcept { return ex::just(x); };

// Calls f(name, rules, adaptor) for each; adaptor(sender) is the adapted sender.
template <class F> void for_each_adaptor(F f) {
  using enum ends_with;
  f("then", adaptor_rules{}, [](auto sndr) { return std::move(sndr) | ex::then(same); });
  f("upon_error", adaptor_rules{.on_error = value}, [](auto sndr) { return std::move(sndr) | ex::upon_error(same); });
  f("upon_stopped", adaptor_rules{.on_stopped = value},
    [](auto sndr) { return std::move(sndr) | ex::upon_stopped([]() noexcept { return 0; }); });
  f("let_value", adaptor_rules{}, [](auto sndr) { return std::move(sndr) | ex::let_value(just_same); });
  f("let_error", adaptor_rules{.on_error = value},
    [](auto sndr) { return std::move(sndr) | ex::let_error(just_same); });
  f("let_stopped", adaptor_rules{.on_stopped = value},
    [](auto sndr) { return std::move(sndr) | ex::let_stopped([]() noexcept { return ex::just(0); }); });
  f("when_all", adaptor_rules{}, [](auto sndr) { return ex::when_all(std::move(sndr)); });
  f("continues_on", adaptor_rules{},
    [](auto sndr) { return std::move(sndr) | ex::continues_on(ex::inline_scheduler()); });
  f("starts_on", adaptor_rules{}, [](auto sndr) { return ex::starts_on(ex::inline_scheduler(), std::move(sndr)); });
  f("bulk", adaptor_rules{},
    [](auto sndr) { return std::move(sndr) | ex::bulk(ex::seq, 2, [](int, int) noexcept {}); });
  f("bulk_chunked", adaptor_rules{},
    [](auto sndr) { return std::move(sndr) | ex::bulk_chunked(ex::seq, 2, [](int, int, int) noexcept {}); });
  f("bulk_unchunked", adaptor_rules{},
    [](auto sndr) { return std::move(sndr) | ex::bulk_unchunked(ex::seq, 2, [](int, int) noexcept {}); });
  f("into_variant", adaptor_rules{}, [](auto sndr) {
    return ex::into_variant(std::move(sndr)) |
           ex::then([](std::variant<std::tuple<int>> v) noexcept { return std::get<0>(*std::get_if<0>(&v)); });
  });
  f("write_env", adaptor_rules{}, [](auto sndr) { return ex::write_env(std::move(sndr), ex::env<>()); });
  f("unstoppable", adaptor_rules{.hides_stop = true}, [](auto sndr) { return ex::unstoppable(std::move(sndr)); });
  f("stopped_as_error", adaptor_rules{.on_stopped = error},
    [](auto sndr) { return ex::stopped_as_error(std::move(sndr), 0); });
  f("associate", adaptor_rules{}, [](auto sndr) {
    static auto &scope = *new ex::simple_counting_scope; // open to the end
    return ex::associate(std::move(sndr), scope.get_token());
  });
  f("wrapped by a counting_scope", adaptor_rules{}, [](auto sndr) {
    static ex::counting_scope scope;
    return scope.get_token().wrap(std::move(sndr));
  });
  f("split", adaptor_rules{}, [](auto sndr) { return ex::split(std::move(sndr)); });
  f("all of them", adaptor_rules{}, [](auto sndr) {
    return ex::when_all(ex::starts_on(ex::inline_scheduler(), std::move(sndr) | ex::then(same) |
                                                                  ex::continues_on(ex::inline_scheduler()) |
                                                                  ex::let_value(just_same) | ex::split)) |
           ex::bulk(ex::seq, 1, [](int, int) noexcept {});
  });
}

// What an operation must have completed with, once.
inline void expect_end(outcome<int> const &result, ends_with end, int number, char const *name) {
  EXPECT_EQ(result.completions, 1) << name;
  EXPECT_EQ(result.values.has_value(), end == ends_with::value) << name;
  EXPECT_EQ(result.stopped, end == ends_with::stopped) << name;
  if (end == ends_with::value && result.values.has_value()) {
    EXPECT_EQ(result.value(), number) << name;
  }
  EXPECT_EQ(result.int_error, end == ends_with::error ? number : 0) << name;
}

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
