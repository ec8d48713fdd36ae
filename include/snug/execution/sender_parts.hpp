// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How the sender of an algorithm is taken apart: into the algorithm's tag, its data and its children
// ([exec.snd.expos], [exec.snd.concepts]).
#ifndef SNUG_EXECUTION_SENDER_PARTS_HPP
#define SNUG_EXECUTION_SENDER_PARTS_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::execution {

struct set_value_t;
struct set_error_t;

} // namespace snug::execution

namespace snug::execution::detail {

// The tag of the algorithm that, of three alike, deals with one kind of completion.
template <class Completion, class OfValue, class OfError, class OfStopped> struct tag_for_completion {
  using type = OfStopped;
};
template <class OfValue, class OfError, class OfStopped>
struct tag_for_completion<set_value_t, OfValue, OfError, OfStopped> {
  using type = OfValue;
};
template <class OfValue, class OfError, class OfStopped>
struct tag_for_completion<set_error_t, OfValue, OfError, OfStopped> {
  using type = OfError;
};

/// The data of an algorithm that has none.
struct no_data {};
inline constexpr no_data no_data_of_sender{};

/// A sender that hands out its parts. It writes `using parts_self = itself;`, `using parts_tag = …;` (the type of the
/// algorithm's object) and a static member template `with_parts(self, f)` that calls f with the data and the children,
/// each with the value category and constness of self. Naming itself keeps a class derived from it, which may override
/// what connecting means, from being taken for the algorithm.
template <class Sndr>
concept has_parts = snug::detail::is_same<typename Sndr::parts_self, Sndr>;

// One of the things that with_parts hands out.
template <std::size_t Index> struct pick_part {
  template <class Part, class... Others> constexpr auto &&operator()(Part &&part, Others &&...others) const noexcept {
    if constexpr (Index == 0) {
      return static_cast<Part &&>(part);
    } else {
      return pick_part<Index - 1>{}(static_cast<Others &&>(others)...);
    }
  }
};
struct count_parts {
  template <class... Parts>
  constexpr std::integral_constant<std::size_t, sizeof...(Parts)> operator()(Parts &&...) const noexcept {
    return {};
  }
};

/// The tag, the data or a child of a sender: what `auto &&[tag, data, child] = sndr` binds.
template <std::size_t Index, class Sndr>
  requires has_parts<snug::detail::remove_cvref_t<Sndr>>
constexpr decltype(auto) get(Sndr &&sndr) noexcept {
  using self = snug::detail::remove_cvref_t<Sndr>;
  if constexpr (Index == 0) {
    return typename self::parts_tag{};
  } else {
    return self::with_parts(static_cast<Sndr &&>(sndr), pick_part<Index - 1>{});
  }
}

template <std::size_t Index, class Sndr>
using part_t = std::remove_reference_t<decltype(detail::get<Index>(std::declval<Sndr>()))>;

// How many names a structured binding of a class has; 0 for what has none, and for what only a compiler can tell that
// does not.
template <class Type> inline constexpr std::size_t bindings_of = 0;
#if SNUG_HAS_STRUCTURED_BINDING_SIZE
template <class Type>
  requires requires { typename std::integral_constant<std::size_t, __builtin_structured_binding_size(Type)>; }
inline constexpr std::size_t bindings_of<Type> = __builtin_structured_binding_size(Type);
#else
template <class Type>
  requires requires { std::tuple_size<Type>::value; }
inline constexpr std::size_t bindings_of<Type> = std::tuple_size<Type>::value;
#endif

template <class Sndr> consteval auto first_binding() {
  constexpr std::size_t count = bindings_of<Sndr>;
  if constexpr (requires { typename std::tuple_element<0, Sndr>::type; }) {
    return std::type_identity<std::remove_cv_t<std::tuple_element_t<0, Sndr>>>{};
  } else if constexpr (count == 2) {
    auto of = [](Sndr &sndr) {
      [[maybe_unused]] auto &[tag, data] = sndr;
      return std::type_identity<snug::detail::remove_cvref_t<decltype(tag)>>{};
    };
    return decltype(of(std::declval<Sndr &>())){};
  } else if constexpr (count == 3) {
    auto of = [](Sndr &sndr) {
      [[maybe_unused]] auto &[tag, data, child] = sndr;
      return std::type_identity<snug::detail::remove_cvref_t<decltype(tag)>>{};
    };
    return decltype(of(std::declval<Sndr &>())){};
  } else {
    auto of = [](Sndr &sndr) {
      [[maybe_unused]] auto &[tag, data, child, other] = sndr;
      return std::type_identity<snug::detail::remove_cvref_t<decltype(tag)>>{};
    };
    return decltype(of(std::declval<Sndr &>())){};
  }
}

// A class with public members is taken apart up to two children; one with the protocol of tuples, always.
template <class Type>
concept is_bindable =
    bindings_of<Type> >= 2 && (bindings_of<Type> <= 4 || requires { typename std::tuple_element<0, Type>::type; });

// The tag of a sender; no type for one that is not of an algorithm.
template <class Sndr> struct tag_of {};
template <has_parts Sndr> struct tag_of<Sndr> {
  using type = typename Sndr::parts_tag;
};
template <class Sndr>
  requires(!has_parts<Sndr> && is_bindable<Sndr>)
struct tag_of<Sndr> {
  using type = typename decltype(detail::first_binding<Sndr>())::type;
};

} // namespace snug::execution::detail

// Whoever has parts says so by a name of its own class, so these depend on types of the program ([namespace.std]/2).
template <snug::execution::detail::has_parts Sndr>
struct std::tuple_size<Sndr>
    : std::integral_constant<std::size_t,
                             1 + decltype(Sndr::with_parts(std::declval<Sndr>(),
                                                           snug::execution::detail::count_parts{}))::value> {};
template <std::size_t Index, snug::execution::detail::has_parts Sndr> struct std::tuple_element<Index, Sndr> {
  using type = snug::execution::detail::part_t<Index, Sndr>;
};

#endif
