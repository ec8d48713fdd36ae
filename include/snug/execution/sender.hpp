// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The concept of a sender ([exec.snd]).
#ifndef SNUG_EXECUTION_SENDER_HPP
#define SNUG_EXECUTION_SENDER_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/awaitable.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/sender_parts.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution {

/// Names a class a sender: `using sender_concept = sender_tag;`.
struct sender_tag {};
using sender_t = sender_tag;

namespace detail {

template <class Sndr>
concept says_sender = requires { requires snug::detail::is_derived_from<typename Sndr::sender_concept, sender_tag>; };
template <class Sndr>
concept says_sender_or_awaitable = says_sender<Sndr> || awaitable<Sndr, env_promise<env<>>>;

} // namespace detail

/// Whether a class says that it is a sender, or a coroutine can await it; may be specialised for classes that cannot
/// say it themselves.
///
/// Source:     [exec.snd.concepts].
template <class Sndr> inline constexpr bool enable_sender = detail::says_sender_or_awaitable<Sndr>;

/// A description of asynchronous work that can be connected with a receiver.
///
/// Source:     [exec.snd.concepts].
template <class Sndr>
concept sender =
    enable_sender<snug::detail::remove_cvref_t<Sndr>> &&
    snug::detail::is_constructible<snug::detail::remove_cvref_t<Sndr>, snug::detail::remove_cvref_t<Sndr>> &&
    snug::detail::is_constructible<snug::detail::remove_cvref_t<Sndr>, Sndr>;

/// A sender whose completions are known in an environment.
///
/// Source:     [exec.snd.concepts].
template <class Sndr, class... Env>
concept sender_in = sender<Sndr> && detail::is_completion_signatures<detail::completions_t<Sndr, Env...>>;

/// A sender whose completions depend on the environment of its receiver.
///
/// Source:     [exec.snd.concepts].
template <class Sndr>
concept dependent_sender = sender<Sndr> && std::same_as<detail::completions_t<Sndr>, dependent_sender_error>;

/// The algorithm that a sender is of: the type of the first thing that `auto &&[tag, data, child] = sndr` binds.
///
/// Source:     [exec.snd.concepts]. Differs: a class with public members is taken apart where the compiler tells how many
///             these are, and up to two children; one with the protocol of tuples always is.
template <sender Sndr> using tag_of_t = typename detail::tag_of<snug::detail::remove_cvref_t<Sndr>>::type;

namespace detail {

template <class Sndr, class Tag>
concept sender_for = sender<Sndr> && snug::detail::same_as<tag_of_t<Sndr>, Tag>;

} // namespace detail
} // namespace snug::execution

#endif
