// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Lets any number of operations wait for one (P2300R10 [exec.split]).
#ifndef SNUG_EXECUTION_SPLIT_HPP
#define SNUG_EXECUTION_SPLIT_HPP

#include <snug/config.hpp>
#include <snug/detail/allocate.hpp>
#include <snug/detail/share.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>
#include <snug/execution/split_state.hpp>
#include <snug/execution/stop_hook.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The state of an operation that can be asked to stop, which must find it while its node is a link.
template <class State, bool CanLeave> struct split_leaver {
  explicit split_leaver(State *s) noexcept : state(s) {}
  State *state;
};
template <class State> struct split_leaver<State, false> {
  explicit split_leaver(State *) noexcept {}
};

template <class State, class Rcvr>
class split_op : public inlinable_operation_state<split_op<State, Rcvr>, Rcvr>,
                 private stop_hook<split_op<State, Rcvr>, stop_token_of_t<env_of_t<Rcvr>>>,
                 private snug::detail::waiting_node {
  using receiver_base = inlinable_operation_state<split_op, Rcvr>;
  using hook = stop_hook<split_op, stop_token_of_t<env_of_t<Rcvr>>>;
  using node = snug::detail::waiting_node;
  using list = snug::detail::waiting_list;
  friend hook; // finds this class from its base

public:
  template <class Sndr>
  split_op(Sndr &&sndr, Rcvr rcvr) noexcept
      : receiver_base(static_cast<Rcvr &&>(rcvr)),
        node(snug::detail::share<State>(static_cast<Sndr &&>(sndr).share_).take(), &deliver), leaver_(shared_state()) {}
  ~split_op() { shared_state()->release(); }

  void start() noexcept {
    State *const shared = shared_state();
    if (shared->is_done()) {
      shared->show(receiver_base::get_receiver());
      return;
    }
    // Whoever asks for a stop before the node has joined leaves a mark in it.
    hook::open(get_stop_token(execution::get_env(receiver_base::get_receiver())));
    switch (shared->join(*this)) {
    case list::joined::first:
      shared->start();
      return;
    case list::joined::waits:
      return; // perhaps completed, and gone
    case list::joined::closed:
      hook::close();
      shared->show(receiver_base::get_receiver());
      return;
    case list::joined::left:
      hook::close();
      stop();
    }
  }

private:
  State *shared_state() noexcept { return static_cast<State *>(node::state); }

  // Base to derived, [expr.static.cast]/10: only this class hands its node out, with this function and to its state.
  static void deliver(node &waiting, void *state) noexcept {
    auto &self = static_cast<split_op &>(waiting);
    auto &shared = *static_cast<State *>(state);
    self.node::state = state;
    self.hook::close();
    shared.show(self.receiver_base::get_receiver());
  }

  void stop() noexcept {
    if constexpr (hook::can_call) {
      auto &&rcvr = receiver_base::get_receiver();
      set_stopped_t{}(std::move(rcvr));
    }
  }

  void stop_from_outside() noexcept {
    if (leaver_.state->leave(*this)) {
      node::state = leaver_.state;
      hook::close();
      stop();
    }
  }

  [[no_unique_address]] split_leaver<State, hook::can_call> leaver_;
};

template <class State> class split_sender {
  template <class, class> friend class split_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = split_sender;
  template <class, class Rcvr> using operation_for = split_op<State, Rcvr>;

  explicit split_sender(State *state) noexcept : share_(state) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using shown = typename State::shown;
    if constexpr (snug::detail::is_same<decltype(shown{} + stops{}), shown>) {
      return shown{};
    } else if constexpr (sizeof...(Env) == 0) {
      return dependent_sender_error{};
    } else if constexpr ((unstoppable_token<stop_token_of_t<Env>> && ...)) {
      return shown{};
    } else {
      return shown{} + stops{};
    }
  }

private:
  using stops = execution::completion_signatures<set_stopped_t()>;

  snug::detail::share<State> share_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Connects a sender once; the sender it returns can be copied, and connected and started any number of times. All of
/// these operations wait for the one, and complete with references to its results.
///
/// Shapes:     every shape of the sender with each argument as a `const &` to its decayed value;
///             set_error_t(std::exception_ptr const &) if keeping a value may throw; set_stopped_t() where the stop
///             token of the receiver can stop.
/// State:      the sender is 8 bytes, a counted reference. A waiting operation is 16: a link, which is the reference
///             while it does not wait, and a function; 56 under an inplace_stop_token: also a callback of 32 and the
///             reference. All share one allocation: the child's state, its results and a byte to tell which where there
///             are several or they must be destroyed, 4 bytes of count, 8 bytes for the list of who waits, and a stop
///             source of 13 where the child may stop. 24 bytes for just(int), 48 for schedule on a run_loop. No receiver,
///             no back-pointer (x86-64, Itanium ABI), held by execution/split_test.cpp.
/// Threads:    the child starts inside the first start(). Who waits completes where the child completes, in the order
///             they started; who starts later completes inside start().
/// Lifetime:   the results live until the last sender and the last operation are gone; an operation may be destroyed
///             inside its completion call.
/// Errors:     split itself throws what allocating and connecting throw; nothing else does.
/// Stop:       an operation that is asked to stop completes as stopped at once, and the others go on waiting; a result
///             that is there when it starts is delivered all the same. The last to leave takes the child along: it is
///             asked to stop, once, and whoever starts afterwards gets what comes of that.
/// Complexity: a lock of a few instructions to start; leaving walks past who started later.
/// Source:     P2300R10 [exec.split]. Differs: one stopped operation does not stop the others; a child that
///             cannot complete as stopped gets no stop token; the domain of the sender is not asked when split() is
///             called, only when what it returns is connected.
struct split_t : sender_adaptor_closure<split_t> {
  template <sender Sndr> auto operator()(Sndr &&sndr) const {
    using child = snug::detail::remove_cvref_t<Sndr>;
    using completions = detail::split_results_t<child>;
    if constexpr (!detail::is_completion_signatures<completions>) {
      detail::check_connect<child, void, completions>::report();
    } else {
      auto const allocator = detail::split_allocator(execution::get_env(sndr));
      using state = detail::split_state<child, snug::detail::remove_cvref_t<decltype(allocator)>>;
      return detail::split_sender<state>(
          snug::detail::new_object<state>(allocator, child(static_cast<Sndr &&>(sndr)), allocator));
    }
  }
};
inline constexpr split_t split{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
