// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Receivers that the tests of [exec] share.
#ifndef SNUG_UNITTESTS_EXECUTION_TEST_RECEIVERS_HPP
#define SNUG_UNITTESTS_EXECUTION_TEST_RECEIVERS_HPP

#include <snug/config.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>

#include <exception>
#include <optional>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// How an operation completed.
template <class Value>
struct outcome {
  std::optional<Value> value;
  std::exception_ptr error;
  bool stopped = false;
  int completions = 0;
};

// Records a completion with one value, an exception or a stop.
template <class Value, class Env = ex::env<>>
struct recorder {
  using receiver_concept = ex::receiver_tag;

  outcome<Value>* result;
  [[no_unique_address]] Env env = {};

  constexpr void set_value(Value value) && noexcept {
    result->value = std::move(value);
    ++result->completions;
  }
  void set_error(std::exception_ptr error) && noexcept {
    result->error = std::move(error);
    ++result->completions;
  }
  constexpr void set_stopped() && noexcept {
    result->stopped = true;
    ++result->completions;
  }
  constexpr Env get_env() const noexcept { return env; }
};

// Connects and starts a sender that completes inside start().
template <class Value, class Sndr>
outcome<Value> run(Sndr&& sndr) {
  outcome<Value> result;
  auto op = ex::connect(static_cast<Sndr&&>(sndr), recorder<Value>{&result});
  ex::start(op);
  return result;
}

}  // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
