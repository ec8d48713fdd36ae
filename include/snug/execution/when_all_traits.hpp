// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What when_all sends and needs, computed from its senders and its environment.
#ifndef SNUG_EXECUTION_WHEN_ALL_TRAITS_HPP
#define SNUG_EXECUTION_WHEN_ALL_TRAITS_HPP

#include <snug/detail/one_of.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail {

template <class... Types> struct types {};

template <class... As, class... Bs> consteval types<As..., Bs...> operator+(types<As...>, types<Bs...>) { return {}; }
template <class... Types> consteval std::index_sequence_for<Types...> indices_of(types<Types...>) { return {}; }

template <std::size_t Index, class Type> struct element {
  using type = Type;
};
template <class Indices, class... Types> struct elements;
template <std::size_t... Indices, class... Types>
struct elements<std::index_sequence<Indices...>, Types...> : element<Indices, Types>... {};
template <std::size_t Index, class Type> element<Index, Type> find_element(element<Index, Type> const *);

// The type at an index.
template <std::size_t Index, class Elements>
using element_t = typename decltype(detail::find_element<Index>(static_cast<Elements const *>(nullptr)))::type;

/// The environment of a child that may be asked to stop: its own token, everything else from outside.
template <class Env> struct when_all_env {
  inplace_stop_token token;
  [[no_unique_address]] Env outer;

  constexpr inplace_stop_token query(get_stop_token_t) const noexcept { return token; }

  template <class Query, class... Args>
    requires(!snug::detail::is_same<Query, get_stop_token_t>) && snug::detail::has_query<Env, Query, Args...>
  constexpr decltype(auto) query(Query query, Args &&...args) const noexcept {
    return outer.query(query, static_cast<Args &&>(args)...);
  }
};

// One signature of a child: its values or what it adds to the failures, and whether keeping that may throw.
template <class Signature> struct when_all_signature {
  using values = types<>;
  using failures = completion_signatures<Signature>;
  static constexpr std::size_t value_count = 0;
  static constexpr bool can_keep = true;
  static constexpr bool keeps_nothrow = true;
  static constexpr bool fails_nothrow = true;
};
template <class Error> struct when_all_signature<set_error_t(Error)> : when_all_signature<set_stopped_t()> {
  using failures = completion_signatures<set_error_t(snug::detail::decay_t<Error>)>;
  static constexpr bool can_keep = snug::detail::is_constructible<snug::detail::decay_t<Error>, Error>;
  static constexpr bool fails_nothrow = snug::detail::is_nothrow_constructible<snug::detail::decay_t<Error>, Error>;
};
template <class... Values> struct when_all_signature<set_value_t(Values...)> {
  using values = types<snug::detail::decay_t<Values>...>;
  using failures = completion_signatures<>;
  static constexpr std::size_t value_count = 1;
  static constexpr bool can_keep = (snug::detail::is_constructible<snug::detail::decay_t<Values>, Values> && ...);
  static constexpr bool keeps_nothrow =
      (snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...);
  static constexpr bool fails_nothrow = true;
};

// All signatures of a child. A child without any stands for one that sends nothing: connect has said so already.
template <class Completions> struct when_all_shapes {
  static constexpr std::size_t value_count = 1;
  static constexpr bool keeps_nothrow = true;
  static constexpr bool fails_nothrow = true;
  using values = types<>;
  using failures = completion_signatures<>;
};
template <class... Signatures> struct when_all_shapes<completion_signatures<Signatures...>> {
  static constexpr std::size_t value_count = (when_all_signature<Signatures>::value_count + ... + 0);
  static constexpr bool can_keep = (when_all_signature<Signatures>::can_keep && ...);
  static constexpr bool keeps_nothrow = (when_all_signature<Signatures>::keeps_nothrow && ...);
  static constexpr bool fails_nothrow = (when_all_signature<Signatures>::fails_nothrow && ...);
  using values = decltype((types<>{} + ... + typename when_all_signature<Signatures>::values{}));
  using failures = decltype((completion_signatures<>{} + ... + typename when_all_signature<Signatures>::failures{}));
};

// The failures of all children in an environment, and whether keeping their values is one.
template <class Env, class... Sndrs> struct when_all_failures {
  static constexpr bool sends_values = ((when_all_shapes<completions_t<Sndrs, Env>>::value_count == 1) && ...);
  static constexpr bool keeps_nothrow =
      (!sends_values || (when_all_shapes<completions_t<Sndrs, Env>>::keeps_nothrow && ...)) &&
      (when_all_shapes<completions_t<Sndrs, Env>>::fails_nothrow && ...);

  static consteval auto compute() {
    auto failures = (completion_signatures<>{} + ... + typename when_all_shapes<completions_t<Sndrs, Env>>::failures{});
    if constexpr (keeps_nothrow) {
      return failures;
    } else {
      return failures + with_exception_ptr{};
    }
  }
  using type = decltype(compute());
};

// Whether anything but values can come of the children, in the environment they would get or in the one around.
template <class Env, class... Sndrs> consteval bool when_all_can_fail() {
  if constexpr (!snug::detail::is_same<typename when_all_failures<when_all_env<Env>, Sndrs...>::type,
                                       completion_signatures<>>) {
    return true;
  } else {
    return !snug::detail::is_same<typename when_all_failures<Env, Sndrs...>::type, completion_signatures<>>;
  }
}

template <class Failures> struct when_all_errors_of;
template <class... Failures> struct when_all_errors_of<completion_signatures<Failures...>> {
  template <class Signature> struct of {
    using type = types<>;
  };
  template <class Error> struct of<set_error_t(Error)> {
    using type = types<Error>;
  };
  using type = decltype((types<>{} + ... + typename of<Failures>::type{}));
  static constexpr bool has_stopped = (snug::detail::is_same<Failures, set_stopped_t()> || ...);
};

template <class Env, class... Sndrs> struct when_all_traits {
  static constexpr bool can_fail = detail::when_all_can_fail<Env, Sndrs...>();

  using child_env = std::conditional_t<can_fail, when_all_env<Env>, Env>;
  using all_failures = when_all_failures<child_env, Sndrs...>;
  using failures = typename all_failures::type;
  using errors = typename when_all_errors_of<failures>::type;
  using error_indices = decltype(detail::indices_of(errors{}));

  static constexpr bool has_errors = !snug::detail::is_same<errors, types<>>;
  static constexpr bool sends_values = all_failures::sends_values;
  // With a source of its own, when_all also stops before it starts when the token around it says so.
  static constexpr bool can_stop =
      can_fail && (when_all_errors_of<failures>::has_stopped || !unstoppable_token<stop_token_of_t<Env>>);

  using all_shapes = elements<std::index_sequence_for<Sndrs...>, when_all_shapes<completions_t<Sndrs, child_env>>...>;
  template <std::size_t Index> using shapes_of = element_t<Index, all_shapes>;
  template <std::size_t Index>
  using values_of = std::conditional_t<sends_values, typename shapes_of<Index>::values, types<>>;

  template <std::size_t Index> static constexpr bool keeps_nothrow = shapes_of<Index>::keeps_nothrow;
  template <class Error> static consteval std::size_t error_index() { return index_in<Error>(errors{}); }

  static consteval auto completions() {
    if constexpr (!sends_values) {
      return failures{} + stopped();
    } else {
      return joined((types<>{} + ... + typename when_all_shapes<completions_t<Sndrs, child_env>>::values{})) +
             failures{} + stopped();
    }
  }

private:
  template <class Error, class... Errors> static consteval std::size_t index_in(types<Errors...>) {
    return snug::detail::index_of<Error, Errors...>();
  }
  template <class... Values>
  static consteval completion_signatures<set_value_t(Values &&...)> joined(types<Values...>) {
    return {};
  }
  static consteval auto stopped() {
    if constexpr (can_stop) {
      return completion_signatures<set_stopped_t()>{};
    } else {
      return completion_signatures<>{};
    }
  }
};

// Why when_all has no completion signatures: it could not tell which values of a sender to keep.
template <class Sndr> struct when_all_ambiguous {
  template <class> static constexpr bool has_one_value_completion = false;

  static consteval void report() {
    static_assert(has_one_value_completion<Sndr>,
                  "when_all: the sender completes with values in more than one way; into_variant joins them");
  }
};

// Hands on what is wrong with a child, or with its place here.
template <class Completions, class Sndr> consteval auto when_all_check() {
  if constexpr (!is_completion_signatures<Completions>) {
    return Completions{};
  } else if constexpr (!when_all_shapes<Completions>::can_keep) {
    return cannot_keep<Completions>{};
  } else if constexpr (when_all_shapes<Completions>::value_count > 1) {
    return when_all_ambiguous<Sndr>{};
  } else {
    return completion_signatures<>{};
  }
}

template <class... Sndrs> struct when_all_completions {
  template <class... Env> static consteval auto get() {
    using problem =
        decltype((completion_signatures<>{} + ... + detail::when_all_check<completions_t<Sndrs, Env...>, Sndrs>()));
    if constexpr (!is_completion_signatures<problem>) {
      return problem{};
    } else if constexpr (sizeof...(Env) == 0) {
      return without_env();
    } else {
      return when_all_traits<Env..., Sndrs...>::completions();
    }
  }

private:
  // Children that cannot fail do not depend on the stop token outside, others do.
  static consteval auto without_env() {
    if constexpr (when_all_traits<env<>, Sndrs...>::can_fail) {
      return dependent_sender_error{};
    } else {
      return when_all_traits<env<>, Sndrs...>::completions();
    }
  }
};

} // namespace snug::execution::detail

#endif
