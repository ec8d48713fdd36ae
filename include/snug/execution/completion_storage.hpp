// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Keeps what a sender completed with, decayed, until it is sent on.
#ifndef SNUG_EXECUTION_COMPLETION_STORAGE_HPP
#define SNUG_EXECUTION_COMPLETION_STORAGE_HPP

#include <snug/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/one_of.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The kept results of a completion, and how they are sent.
template <class Op, class Signature> class kept_completion;
template <class Op, class Signal, class... Values>
class kept_completion<Op, Signal(Values...)>
    : private snug::detail::leaves<kept_completion<Op, Signal(Values...)>, Values...> {
  using values = snug::detail::leaves<kept_completion, Values...>;

public:
  static constexpr bool is_trivially_destructible = (std::is_trivially_destructible_v<Values> && ...);

  template <class... Inits>
  constexpr explicit kept_completion(std::in_place_t, Inits &&...inits)
      : values(std::in_place, static_cast<Inits &&>(inits)...) {}

  template <class Rcvr> constexpr void send(Rcvr &rcvr) noexcept {
    values::move_into([&rcvr](Values &&...vs) { Signal{}(std::move(rcvr), static_cast<Values &&>(vs)...); });
  }
  template <class F> constexpr void lend(F &f) {
    values::lend_to([&f](Values &...vs) { f(vs...); });
  }
  template <class Rcvr> constexpr void show(Rcvr &rcvr) const noexcept {
    values::show_to([&rcvr](Values const &...vs) { Signal{}(std::move(rcvr), vs...); });
  }
};

// What a sender completes with once everything is decayed; std::exception_ptr where that may throw.
struct decayed_completions {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    using kept = execution::completion_signatures<Signal(snug::detail::decay_t<Values>...)>;
    if constexpr (!(snug::detail::is_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      return cannot_keep<Signal(Values...)>{};
    } else if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      return kept{};
    } else {
      return kept{} + with_exception_ptr{};
    }
  }
};
template <class Completions>
using decayed_completions_t = typename transformed_completions<decayed_completions, Completions>::type;

// Which completion is kept, one more than its index; 0 for none.
template <class Op, bool Needed> struct kept_position {
  constexpr void set(std::size_t to) noexcept { value = static_cast<std::uint8_t>(to); }
  std::uint8_t value = 0;
};
template <class Op> struct kept_position<Op, false> {
  static constexpr void set(std::size_t) noexcept {}
};

// Storage for one of several completions. Remembers which, unless there is one only and nothing to destroy.
// A child without completions is none to keep anything of: connect has said so already.
template <class Op, class Completions> class completion_storage {
public:
  template <class Signal> static constexpr void keep_completion(auto &&...) noexcept {}
  template <class Rcvr> static constexpr void send(Rcvr &) noexcept {}
  template <class F> static constexpr void lend(F &) noexcept {}
  template <class Rcvr> static constexpr void show(Rcvr &) noexcept {}
};
template <class Op, class... Signatures>
  requires(sizeof...(Signatures) > 0)
class completion_storage<Op, completion_signatures<Signatures...>> {
  static constexpr bool is_trivially_destructible = (kept_completion<Op, Signatures>::is_trivially_destructible && ...);
  static constexpr bool is_counted = sizeof...(Signatures) > 1 || !is_trivially_destructible;
  static_assert(sizeof...(Signatures) < 0xff, "more completions than a byte counts");

public:
  constexpr completion_storage() noexcept = default;
  completion_storage(completion_storage &&) = delete;
  constexpr ~completion_storage()
    requires is_trivially_destructible
  = default;
  constexpr ~completion_storage() {
    visit(std::index_sequence_for<Signatures...>{}, [](auto &kept) { std::destroy_at(&kept); });
  }

  template <class Signature, class... Inits> constexpr void keep(Inits &&...inits) {
    constexpr auto index = snug::detail::index_of<Signature, Signatures...>();
    snug::detail::construct_one_of<index>(storage_, std::in_place, static_cast<Inits &&>(inits)...);
    which_.set(index + 1);
  }

  /// Keeps a completion, or the exception that doing so throws.
  template <class Signal, class... Values> constexpr void keep_completion(Values &&...values) noexcept {
    using signature = Signal(snug::detail::decay_t<Values>...);
    if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      keep<signature>(static_cast<Values &&>(values)...);
    } else {
      try {
        keep<signature>(static_cast<Values &&>(values)...);
      } catch (...) {
        keep<set_error_t(std::exception_ptr)>(std::current_exception());
      }
    }
  }

  /// Completes with the kept results, moved.
  template <class Rcvr> constexpr void send(Rcvr &rcvr) noexcept {
    visit(std::index_sequence_for<Signatures...>{}, [&rcvr](auto &kept) { kept.send(rcvr); });
  }
  /// Calls a function with the kept results as lvalues; many times, and on several threads at once. What it throws comes
  /// out.
  template <class F> constexpr void lend(F &f) {
    visit(std::index_sequence_for<Signatures...>{}, [&f](auto &kept) { kept.lend(f); });
  }
  /// Completes with references to the kept results; many times, and by several threads at once.
  template <class Rcvr> constexpr void show(Rcvr &rcvr) noexcept {
    visit(std::index_sequence_for<Signatures...>{}, [&rcvr](auto &kept) { std::as_const(kept).show(rcvr); });
  }

private:
  template <std::size_t... Indices, class Visitor>
  constexpr void visit(std::index_sequence<Indices...>, Visitor visitor) {
    if constexpr (!is_counted) {
      visitor(snug::detail::one_of_at<0>(storage_));
    } else {
      std::uint8_t const which = which_.value; // the visitor may destroy the operation
      (void)((which == Indices + 1 ? (visitor(snug::detail::one_of_at<Indices>(storage_)), true) : false) || ...);
    }
  }

  snug::detail::one_of<kept_completion<Op, Signatures>...> storage_;
  [[no_unique_address]] kept_position<Op, is_counted> which_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
