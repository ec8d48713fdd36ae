// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a sender completes with, as types to compute with ([exec.snd.concepts]).
#ifndef SNUG_EXECUTION_COMPLETION_TYPES_HPP
#define SNUG_EXECUTION_COMPLETION_TYPES_HPP

#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/env.hpp>

#include <tuple>
#include <type_traits>
#include <variant>

namespace snug::execution {
namespace detail {

template <class... Types> using decayed_tuple = std::tuple<std::decay_t<Types>...>;

/// The alternative of a sender without completions of the kind asked for; cannot be made.
struct empty_variant {
  empty_variant() = delete;
};

template <class... Types> struct collected {};

// The union of two lists of types.
template <class... As, class... Bs> consteval auto operator+(collected<As...> left, collected<Bs...>) {
  if constexpr (sizeof...(Bs) == 0) {
    return left;
  } else if constexpr (sizeof...(Bs) == 1) {
    if constexpr ((std::is_same_v<As, Bs...> || ...)) {
      return left;
    } else {
      return collected<As..., Bs...>{};
    }
  } else {
    return (left + ... + collected<Bs>{});
  }
}

template <class List> struct variant_of;
template <class... Types> struct variant_of<collected<Types...>> {
  using type = std::variant<Types...>;
};
template <> struct variant_of<collected<>> {
  using type = empty_variant;
};
template <class... Types>
using variant_or_empty = typename variant_of<decltype((collected<>{} + ... + collected<std::decay_t<Types>>{}))>::type;

// The completions of one kind, each with its arguments in Tuple, all of them in Variant.
template <class Tag, class Signature, template <class...> class Tuple> struct gathered_one {
  using type = collected<>;
};
template <class Tag, class... Args, template <class...> class Tuple> struct gathered_one<Tag, Tag(Args...), Tuple> {
  using type = collected<Tuple<Args...>>;
};

template <class List, template <class...> class Variant> struct gathered_in;
template <class... Types, template <class...> class Variant> struct gathered_in<collected<Types...>, Variant> {
  using type = Variant<Types...>;
};

template <class... Lists> struct all_of_them {
  using type = collected<>;
};
template <class... As, class... Bs, class... Others>
struct all_of_them<collected<As...>, collected<Bs...>, Others...> : all_of_them<collected<As..., Bs...>, Others...> {};
template <class... As> struct all_of_them<collected<As...>> {
  using type = collected<As...>;
};

template <class Tag, class Completions, template <class...> class Tuple, template <class...> class Variant>
struct gathered;
template <class Tag, class... Signatures, template <class...> class Tuple, template <class...> class Variant>
struct gathered<Tag, completion_signatures<Signatures...>, Tuple, Variant> {
  using type = typename gathered_in<typename all_of_them<typename gathered_one<Tag, Signatures, Tuple>::type...>::type,
                                    Variant>::type;
};

template <class... Types> struct only_one;
template <class Type> struct only_one<Type> {
  using type = Type;
};
template <class... Types> using only = typename only_one<Types...>::type;

} // namespace detail

/// The values a sender may complete with: each completion in a Tuple, all of them in a Variant.
///
/// Source:     [exec.snd.concepts].
template <class Sndr, class Env = env<>, template <class...> class Tuple = detail::decayed_tuple,
          template <class...> class Variant = detail::variant_or_empty>
using value_types_of_t =
    typename detail::gathered<set_value_t, completion_signatures_of_t<Sndr, Env>, Tuple, Variant>::type;

/// The errors a sender may complete with, in a Variant.
///
/// Source:     [exec.snd.concepts].
template <class Sndr, class Env = env<>, template <class...> class Variant = detail::variant_or_empty>
using error_types_of_t =
    typename detail::gathered<set_error_t, completion_signatures_of_t<Sndr, Env>, detail::only, Variant>::type;

/// Whether a sender may complete as stopped.
///
/// Source:     [exec.snd.concepts].
template <class Sndr, class Env = env<>>
  requires detail::is_completion_signatures<detail::completions_t<Sndr, Env>>
inline constexpr bool sends_stopped =
    !std::is_same_v<typename detail::gathered<set_stopped_t, completion_signatures_of_t<Sndr, Env>, detail::collected,
                                              detail::collected>::type,
                    detail::collected<>>;

} // namespace snug::execution

#endif
