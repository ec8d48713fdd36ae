// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starts a sender that nobody waits for but an async scope ([exec.spawn]).
#ifndef SNUG_EXECUTION_SPAWN_HPP
#define SNUG_EXECUTION_SPAWN_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/scope_concepts.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/spawn_env.hpp>
#include <snug/execution/write_env.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct spawn_child {};

// A root in memory of its own: it frees itself when the child has completed.
template <class Allocator, class Assoc, class Sndr>
class spawn_state : public child_for<spawn_state<Allocator, Assoc, Sndr>, spawn_child, env<>, Sndr> {
  using child = child_for<spawn_state, spawn_child, env<>, Sndr>;

public:
  template <class Token>
  spawn_state(Allocator const &allocator, Sndr &&sndr, Token const &token)
      : child(static_cast<Sndr &&>(sndr)), allocator_(allocator), assoc_(token.try_associate()) {}

  void run() noexcept {
    if (assoc_) {
      child::start_child();
    } else {
      finish();
    }
  }

  template <class Signal> void complete(spawn_child, Signal) noexcept { finish(); }

  static env<> get_env(spawn_child, spawn_state &) noexcept { return {}; }

private:
  // The memory goes first: the scope may be joined, and what the allocator uses be gone, with the association.
  void finish() noexcept {
    Assoc const assoc(std::move(assoc_));
    snug::detail::delete_object(allocator_, this);
  }

  [[no_unique_address]] Allocator allocator_;
  [[no_unique_address]] Assoc assoc_;
};

template <class Signature> inline constexpr bool can_be_spawned = false;
template <> inline constexpr bool can_be_spawned<set_value_t()> = true;
template <> inline constexpr bool can_be_spawned<set_stopped_t()> = true;

template <class Sndr, class Completions> struct check_spawn {
  static consteval bool report() { return check_connect<Sndr, void, Completions>::report(); }
};
template <class Sndr, class... Signatures> struct check_spawn<Sndr, completion_signatures<Signatures...>> {
  template <class Signature, class> static constexpr bool completes_without_result = can_be_spawned<Signature>;

  template <class Signature> static consteval bool takes() {
    static_assert(completes_without_result<Signature, Sndr>,
                  "spawn: nobody is there to take what the sender completes with: it may complete with set_value_t() "
                  "and set_stopped_t() only; turn values and errors into these first, with then and upon_error");
    return completes_without_result<Signature, Sndr>;
  }
  static consteval bool report() { return (takes<Signatures>() && ... && true); }
};

// The wrapped sender in its environment; by itself where there is nothing to write.
template <class Sndr, class Env> constexpr auto with_spawn_env(Sndr &&sndr, Env &&env) {
  if constexpr (snug::detail::is_same<snug::detail::remove_cvref_t<Env>, execution::env<>>) {
    return snug::detail::remove_cvref_t<Sndr>(static_cast<Sndr &&>(sndr));
  } else {
    return write_env_t{}(static_cast<Sndr &&>(sndr), static_cast<Env &&>(env));
  }
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts a sender under an association with an async scope, in memory of its own, and lets it go.
///
/// The memory comes from the allocator that the environment names, or the wrapped sender's attributes; operator new
/// where neither does. Where the scope takes no more, nothing is started.
///
/// Shapes:     takes senders that complete with set_value_t() and set_stopped_t() only.
/// State:      allocated: the child's state, the allocator, the association; no receiver, no back-pointer. 16 bytes
///             for `just(int) | then(f)` in a simple_counting_scope (x86-64, Itanium ABI), held by
///             execution/spawn_test.cpp.
/// Threads:    the sender may complete before spawn() returns; its memory is freed where it completes, and then
///             the association is given up.
/// Errors:     what wrapping, allocating, connecting and associating throw; nothing stays allocated or associated then.
/// Complexity: one allocation.
/// Source:     [exec.spawn]. Differs: without an allocator, memory comes from operator new directly, not through
///             std::allocator.
struct spawn_t {
  template <sender Sndr, class Token, class Env = env<>>
    requires scope_token<snug::detail::remove_cvref_t<Token>>
  void operator()(Sndr &&sndr, Token &&token, Env &&env = {}) const {
    using scope = snug::detail::remove_cvref_t<Token>;
    detail::wrapped_sender_t<scope, Sndr> wrapped = token.wrap(static_cast<Sndr &&>(sndr));
    auto parts = detail::spawn_parts_of(wrapped, static_cast<Env &&>(env));
    auto child = detail::with_spawn_env(std::move(wrapped), std::move(parts.env));
    using child_t = decltype(child);
    if constexpr (detail::check_spawn<child_t, detail::completions_t<child_t, execution::env<>>>::report()) {
      using state = detail::spawn_state<decltype(parts.allocator), detail::association_of_t<scope>, child_t>;
      snug::detail::new_object<state>(parts.allocator, parts.allocator, std::move(child),
                                      static_cast<scope const &>(token))
          ->run();
    }
  }
};
inline constexpr spawn_t spawn{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
