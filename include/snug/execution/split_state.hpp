// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the operations of one split share.
#ifndef SNUG_EXECUTION_SPLIT_STATE_HPP
#define SNUG_EXECUTION_SPLIT_STATE_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/atomic.hpp>
#include <snug/detail/traits.hpp>
#include <snug/detail/waiting_list.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/sender.hpp>
#include <snug/stop_token.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct split_child {};

/// The environment of a child that may be asked to stop.
struct split_stop_env {
  inplace_stop_token token;
  constexpr inplace_stop_token query(get_stop_token_t) const noexcept { return token; }
};

template <class Completions> inline constexpr bool has_stopped = false;
template <class... Signatures>
inline constexpr bool has_stopped<completion_signatures<Signatures...>> =
    (snug::detail::is_same<Signatures, set_stopped_t()> || ...);

// A token, and the source behind it, for those only who complete as stopped where they have one.
template <class Sndr> inline constexpr bool split_can_stop = has_stopped<completions_t<Sndr, split_stop_env>>;

template <class Sndr> using split_env_for = std::conditional_t<split_can_stop<Sndr>, split_stop_env, env<>>;

// What is kept of a child's completion.
template <class Sndr> using split_results_t = decayed_completions_t<completions_t<Sndr, split_env_for<Sndr>>>;

template <bool CanStop> class split_source : inplace_stop_source {
public:
  static split_stop_env env_of(split_source const &self) noexcept { return {self.get_token()}; }
  void stop() noexcept { request_stop(); }
};
template <> class split_source<false> {
public:
  static execution::env<> env_of(split_source const &) noexcept { return {}; }
  static void stop() noexcept {}
};

// What the waiting operations see of a completion: references to what is kept.
struct split_shown {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values>
  static consteval execution::completion_signatures<Signal(Values const &...)> of(Signal (*)(Values...)) {
    return {};
  }
};

// The stop source before the child: connecting the child may ask for its token.
template <class Sndr, class Allocator>
class split_state : private split_source<split_can_stop<Sndr>>,
                    public child_for<split_state<Sndr, Allocator>, split_child, split_env_for<Sndr>, Sndr> {
  using child_base_t = child_for<split_state, split_child, split_env_for<Sndr>, Sndr>;
  using source = split_source<split_can_stop<Sndr>>;
  using kept = split_results_t<Sndr>;

public:
  using shown = typename transformed_completions<split_shown, kept>::type;
  using list = snug::detail::waiting_list;
  using node = snug::detail::waiting_node;

  split_state(Sndr &&sndr, Allocator const &allocator)
      : child_base_t(static_cast<Sndr &&>(sndr)), allocator_(allocator) {}

  /// Counts one more sender or operation.
  void share() noexcept { snug::detail::add_share(shares_); }
  /// Counts one less, and is gone with the last.
  void release() noexcept {
    if (snug::detail::last_arrival(shares_)) {
      snug::detail::delete_object(allocator_, this);
    }
  }

  bool is_done() const noexcept { return waiting_.is_closed(); }

  /// The first to join starts the child, which holds a share until it has completed.
  list::joined join(node &node) noexcept { return waiting_.join(node, shares_); }
  void start() noexcept { child_base_t::start_child(); }

  /// Whether the node left, which must be kept until then: it holds the share under which the child is stopped.
  bool leave(node &node) noexcept {
    list::leaving const how = waiting_.leave(node);
    if (how == list::leaving::left_last) {
      source::stop();
    }
    return how != list::leaving::too_late;
  }

  /// Completes with references to the results.
  template <class Rcvr> void show(Rcvr &&rcvr) noexcept { storage_.show(rcvr); }

  template <class Signal, class... Values> void complete(split_child, Signal, Values &&...values) noexcept {
    storage_.template keep_completion<Signal>(static_cast<Values &&>(values)...);
    for (node *each = waiting_.close(); each != nullptr;) {
      node *const next = each->next;
      each->run(*each, this);
      each = next;
    }
    release();
  }

  static split_env_for<Sndr> get_env(split_child, split_state &op) noexcept { return source::env_of(op); }

private:
  [[no_unique_address]] completion_storage<split_state, kept> storage_;
  std::uint32_t shares_ = 1;
  list waiting_;
  [[no_unique_address]] Allocator allocator_;
};

// The allocator that a sender's attributes name.
template <class Attrs> auto split_allocator(Attrs const &attrs) noexcept {
  if constexpr (snug::detail::has_query<Attrs, get_allocator_t>) {
    return get_allocator(attrs);
  } else {
    return snug::detail::default_allocator<void>();
  }
}

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
