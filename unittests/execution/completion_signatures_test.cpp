// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of completion signatures and what is computed from them ([exec.cmplsig], [exec.getcomplsigs],
// [exec.snd.concepts]).
#include <snug/execution/completion_types.hpp>
#include <snug/execution/sender.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

template <class...> struct list {};

struct several {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int, char const &), ex::set_value_t(),
                                                          ex::set_error_t(long), ex::set_error_t(std::exception_ptr)>;
};
struct by_env {
  using sender_concept = ex::sender_tag;
  template <class> static consteval ex::dependent_sender_error get_completion_signatures() { return {}; }
  template <class Self, class Env> static consteval auto get_completion_signatures() {
    return ex::completion_signatures<ex::set_value_t(snug::stop_token_of_t<Env>), ex::set_stopped_t()>{};
  }
};
struct silent {
  using sender_concept = ex::sender_tag;
};

TEST(CompletionSignatures, ComeFromATypeOrAFunction) {
  static_assert(std::same_as<decltype(ex::get_completion_signatures<several>()), several::completion_signatures>);
  static_assert(std::same_as<decltype(ex::get_completion_signatures<several const &, ex::env<>>()),
                             several::completion_signatures>);
  static_assert(
      std::same_as<ex::completion_signatures_of_t<by_env, token_env>,
                   ex::completion_signatures<ex::set_value_t(snug::inplace_stop_token), ex::set_stopped_t()>>);
}

TEST(CompletionSignatures, DecideWhatIsASenderIn) {
  static_assert(ex::sender<several> && ex::sender_in<several> && ex::sender_in<several, ex::env<>>);
  static_assert(ex::sender<by_env> && !ex::sender_in<by_env> && ex::sender_in<by_env, ex::env<>>);
  static_assert(ex::dependent_sender<by_env> && !ex::dependent_sender<several>);
  static_assert(ex::sender<silent> && !ex::sender_in<silent, ex::env<>>);
  static_assert(!ex::sender<int> && !ex::sender<ignore>);
}

TEST(CompletionSignatures, YieldTypesToComputeWith) {
  static_assert(
      std::same_as<ex::value_types_of_t<several, ex::env<>, list, list>, list<list<int, char const &>, list<>>>);
  static_assert(std::same_as<ex::value_types_of_t<several>, std::variant<std::tuple<int, char>, std::tuple<>>>);
  static_assert(std::same_as<ex::error_types_of_t<several, ex::env<>, list>, list<long, std::exception_ptr>>);
  static_assert(std::same_as<ex::error_types_of_t<several>, std::variant<long, std::exception_ptr>>);
  static_assert(!ex::sends_stopped<several> && ex::sends_stopped<by_env, token_env>);
}

TEST(CompletionSignatures, JoinWithoutRepetition) {
  using ex::detail::operator+;
  using a = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
  using b = ex::completion_signatures<ex::set_stopped_t(), ex::set_error_t(int)>;
  static_assert(
      std::same_as<decltype(a{} + b{}),
                   ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t(), ex::set_error_t(int)>>);
  static_assert(std::same_as<decltype(a{} + ex::completion_signatures<>{}), a>);
}

} // namespace
