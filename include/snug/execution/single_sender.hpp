// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The one type of what a sender completes with, where there is one ([execution.syn]).
#ifndef SNUG_EXECUTION_SINGLE_SENDER_HPP
#define SNUG_EXECUTION_SINGLE_SENDER_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/receiver.hpp>

#include <tuple>

namespace snug::execution::detail {

template <class... Values> struct values_of_completion {};

// The value completions of a sender.
template <class... Completions> struct value_completions {
  template <class... Others>
  friend consteval value_completions<Completions..., Others...> operator+(value_completions,
                                                                          value_completions<Others...>) {
    return {};
  }
};

template <class Signature> struct value_completion {
  using type = value_completions<>;
};
template <class... Values> struct value_completion<set_value_t(Values...)> {
  using type = value_completions<values_of_completion<Values...>>;
};

template <class ValueCompletions> struct single_value {};
template <> struct single_value<value_completions<>> {
  using type = void;
};
template <> struct single_value<value_completions<values_of_completion<>>> {
  using type = void;
};
template <class Value> struct single_value<value_completions<values_of_completion<Value>>> {
  using type = snug::detail::decay_t<Value>;
};
template <class First, class Second, class... Values>
struct single_value<value_completions<values_of_completion<First, Second, Values...>>> {
  using type =
      std::tuple<snug::detail::decay_t<First>, snug::detail::decay_t<Second>, snug::detail::decay_t<Values>...>;
};

template <class Completions> struct single_value_of_completions {};
template <class... Signatures>
struct single_value_of_completions<completion_signatures<Signatures...>>
    : single_value<decltype((value_completions<>{} + ... + typename value_completion<Signatures>::type{}))> {};

/// What a sender that completes with values in at most one way yields: nothing, its one value, a tuple of several, all
/// decayed.
///
/// Source:     single-sender-value-type of [execution.syn].
template <class Sndr, class... Env>
using single_sender_value_type = typename single_value_of_completions<completions_t<Sndr, Env...>>::type;

template <class Sndr, class... Env>
concept single_sender = requires { typename single_sender_value_type<Sndr, Env...>; };

} // namespace snug::execution::detail

#endif
