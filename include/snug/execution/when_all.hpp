// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Joins operations and completes when all have ([exec.when.all]).
#ifndef SNUG_EXECUTION_WHEN_ALL_HPP
#define SNUG_EXECUTION_WHEN_ALL_HPP

#include <snug/config.hpp>
#include <snug/detail/atomic.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/one_of.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/when_all_stop.hpp>
#include <snug/execution/when_all_traits.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct when_all_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

template <std::size_t Index> struct when_all_child {};

// The place of one value of one child, filled late. A union, because assigning to a member that others may overlap
// would write to their bytes; a base, because its type is unique.
template <class Op, std::size_t Child, std::size_t Index, class Value> struct when_all_slot {
  constexpr when_all_slot() noexcept {}
  constexpr ~when_all_slot() {}
  constexpr ~when_all_slot()
    requires std::is_trivially_destructible_v<Value>
  = default;

  union {
    Value value;
  };
};

template <class Slots> struct when_all_slots;
template <class... Slots> struct when_all_slots<types<Slots...>> : Slots... {
  static constexpr bool is_trivially_destructible = (std::is_trivially_destructible_v<Slots> && ...);
};

template <class Op, std::size_t Child, class Values, class Indices> struct when_all_child_slots;
template <class Op, std::size_t Child, class... Values, std::size_t... Indices>
struct when_all_child_slots<Op, Child, types<Values...>, std::index_sequence<Indices...>> {
  using type = types<when_all_slot<Op, Child, Indices, Values>...>;

  template <class... Inits> static constexpr void construct(Op &op, Inits &&...inits) {
    (void)(std::construct_at(&op.template slot<when_all_slot<Op, Child, Indices, Values>>().value,
                             static_cast<Inits &&>(inits)),
           ...);
  }
  static constexpr void destroy(Op &op) noexcept {
    (void)(std::destroy_at(&op.template slot<when_all_slot<Op, Child, Indices, Values>>().value), ...);
  }
};

template <class Op, std::size_t Child, class Values>
using when_all_child_slots_t = when_all_child_slots<Op, Child, Values, decltype(indices_of(Values{}))>;

// All slots of an operation; none where some child never completes with values, so that no values are ever sent.
template <class Op, class Traits, class Indices> struct when_all_storage;
template <class Op, class Traits, std::size_t... Indices>
struct when_all_storage<Op, Traits, std::index_sequence<Indices...>> {
  template <std::size_t Index>
  using child = when_all_child_slots_t<Op, Index, typename Traits::template values_of<Index>>;
  using all = when_all_slots<decltype((types<>{} + ... + typename child<Indices>::type{}))>;
};

template <std::size_t Count>
using when_all_counter = std::conditional_t<(Count < 0xff), std::uint8_t,
                                            std::conditional_t<(Count < 0xffff), std::uint16_t, std::uint32_t>>;

// Which children have values that must be destroyed; nothing where none need be.
template <class Op, std::size_t Count, bool Needed> struct when_all_filled {
  constexpr void set(std::size_t child) noexcept { filled[child] = true; }
  bool filled[Count] = {};
};
template <class Op, std::size_t Count> struct when_all_filled<Op, Count, false> {
  static constexpr void set(std::size_t) noexcept {}
};

// The first error; nothing where there are none.
template <class Op, class Errors> struct when_all_errors;
template <class Op> struct when_all_errors<Op, types<>> {
  static constexpr bool is_trivially_destructible = true;
};
template <class Op, class... Errors> struct when_all_errors<Op, types<Errors...>> {
  static constexpr bool is_trivially_destructible = (std::is_trivially_destructible_v<Errors> && ...);
  snug::detail::one_of<Errors...> storage;
};

// How an operation ends: value while nothing else happened, stopped, or the position of an error behind that.
template <class Op, bool CanFail> struct when_all_verdict {
  static constexpr std::uint8_t value = 0;
  static constexpr std::uint8_t stopped = 1;
  static constexpr std::uint8_t first_error = 2;
  std::uint8_t state = value;
};
template <class Op> struct when_all_verdict<Op, false> {};

// How far an operation has come: who has not arrived, how it ends, what must be destroyed.
template <class Op, std::size_t Count, bool CanFail, bool NeedsFilled> struct when_all_progress {
  when_all_counter<Count> pending = Count;
  [[no_unique_address]] when_all_verdict<Op, CanFail> verdict;
  [[no_unique_address]] when_all_filled<Op, Count, NeedsFilled> filled;
};
template <class Op> struct when_all_no_progress {};

template <class Rcvr, class Indices, class... Sndrs> class when_all_op;

template <class Rcvr, class Indices, class... Sndrs> struct when_all_bases {
  using op = when_all_op<Rcvr, Indices, Sndrs...>;
  using traits = when_all_traits<env_of_t<Rcvr>, Sndrs...>;
  using slots = typename when_all_storage<op, traits, Indices>::all;
  using stop = when_all_stop<op, stop_token_of_t<env_of_t<Rcvr>>, traits::can_fail>;
  using progress = when_all_progress<op, sizeof...(Sndrs), traits::can_fail, !slots::is_trivially_destructible>;
  // In the tail padding of a stop source, and otherwise behind the children, which are more aligned.
  using front = std::conditional_t<traits::can_fail, progress, when_all_no_progress<op>>;
  using back = std::conditional_t<traits::can_fail, when_all_no_progress<op>, progress>;

  template <std::size_t Index, class Sndr>
  using child = child_for<op, when_all_child<Index>, typename traits::child_env, Sndr>;
};

// The stop source before the children: connecting a child may ask for its token.
template <class Rcvr, std::size_t... Indices, class... Sndrs>
class when_all_op<Rcvr, std::index_sequence<Indices...>, Sndrs...>
    : public inlinable_operation_state<when_all_op<Rcvr, std::index_sequence<Indices...>, Sndrs...>, Rcvr>,
      private when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>::stop,
      private when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>::front,
      public when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>::template child<Indices, Sndrs>...,
      private when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>::slots,
      private when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>::back {
  using bases = when_all_bases<Rcvr, std::index_sequence<Indices...>, Sndrs...>;
  using traits = typename bases::traits;
  using slots = typename bases::slots;
  using stop = typename bases::stop;
  using storage = when_all_storage<when_all_op, traits, std::index_sequence<Indices...>>;
  using progress = typename bases::progress;
  using verdict = when_all_verdict<when_all_op, traits::can_fail>;
  using receiver_base = inlinable_operation_state<when_all_op, Rcvr>;
  friend stop_hook<when_all_op, stop_token_of_t<env_of_t<Rcvr>>>; // finds this class from its base

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr when_all_op(Self &&self,
                        Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                            (bases::template child<Indices, Sndrs>::connects_nothrow() && ...))
      : receiver_base(static_cast<Rcvr &&>(rcvr)),
        bases::template child<Indices, Sndrs>(
            snug::detail::forward_member<Self>(snug::detail::leaf_at<Indices>(self.sndrs_)))... {}

  constexpr ~when_all_op()
    requires(slots::is_trivially_destructible &&
             when_all_errors<when_all_op, typename traits::errors>::is_trivially_destructible)
  = default;
  constexpr ~when_all_op() {
    if constexpr (!slots::is_trivially_destructible) {
      (destroy_values<Indices>(), ...);
    }
    if constexpr (!when_all_errors<when_all_op, typename traits::errors>::is_trivially_destructible) {
      visit_error([](auto &error) { std::destroy_at(&error); });
    }
  }

  constexpr void start() noexcept {
    if constexpr (stop::is_extensible) {
      // The callback may run before open() returns, or on another thread while we look; nobody else could have asked.
      stop::open(get_stop_token(execution::get_env(get_receiver())));
      if (stop::source().stop_requested()) {
        stop::close();
        auto &&rcvr = get_receiver();
        set_stopped_t{}(std::move(rcvr));
        return;
      }
    }
    // The last of these may complete and destroy the operation; each before it leaves a count behind.
    (start_one<typename bases::template child<Indices, Sndrs>>(), ...);
  }

  template <std::size_t Index, class Signal, class... Args>
  constexpr void complete(when_all_child<Index>, Signal, Args &&...args) noexcept {
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      keep_values<Index>(static_cast<Args &&>(args)...);
    } else if constexpr (snug::detail::is_same<Signal, set_error_t>) {
      fail_with(static_cast<Args &&>(args)...);
    } else if (claim(verdict::stopped)) {
      stop::source().request_stop();
    }
    arrive<Index>();
  }

  template <std::size_t Index>
  static constexpr typename traits::child_env get_env(when_all_child<Index>, when_all_op &op) noexcept {
    if constexpr (traits::can_fail) {
      return {stop::source_of(op).get_token(), execution::get_env(receiver_base::receiver_of(op))};
    } else {
      return execution::get_env(receiver_base::receiver_of(op));
    }
  }

  /// One place of when_all_child_slots.
  template <class Slot> constexpr Slot &slot() noexcept { return static_cast<Slot &>(static_cast<slots &>(*this)); }

  /// Asks the children to stop because the receiver's token says so. Holds a place of its own meanwhile: the last child
  /// may complete inside, and would otherwise destroy the stop source under its own feet.
  constexpr void stop_from_outside() noexcept {
    if (snug::detail::extend(progress::pending)) {
      stop::source().request_stop();
      arrive<0>();
    }
  }

private:
  template <class Child> constexpr void start_one() noexcept { this->Child::start_child(); }

  template <std::size_t Index, class... Args> constexpr void keep_values(Args &&...args) noexcept {
    if constexpr (traits::sends_values) {
      using child = typename storage::template child<Index>;
      if constexpr (traits::template keeps_nothrow<Index>) {
        child::construct(*this, static_cast<Args &&>(args)...);
        progress::filled.set(Index);
      } else {
        try {
          child::construct(*this, static_cast<Args &&>(args)...);
          progress::filled.set(Index);
        } catch (...) {
          fail_with(std::current_exception());
        }
      }
    }
  }

  template <class Error> constexpr void fail_with(Error &&error) noexcept {
    using kept = snug::detail::decay_t<Error>;
    if (claim(error_state<kept>())) {
      if constexpr (snug::detail::is_nothrow_constructible<kept, Error>) {
        keep_error<kept>(static_cast<Error &&>(error));
      } else {
        try {
          keep_error<kept>(static_cast<Error &&>(error));
        } catch (...) {
          keep_error<std::exception_ptr>(std::current_exception());
          // Nobody else writes once somebody has claimed, and nobody reads before this child has arrived.
          snug::detail::store_release(progress::verdict.state, error_state<std::exception_ptr>());
        }
      }
      stop::source().request_stop();
    }
  }
  template <class Error> static consteval std::uint8_t error_state() {
    return static_cast<std::uint8_t>(verdict::first_error + traits::template error_index<Error>());
  }
  template <class Kept, class Error> constexpr void keep_error(Error &&error) {
    snug::detail::construct_one_of<traits::template error_index<Kept>()>(errors_.storage, static_cast<Error &&>(error));
  }

  // The first who wants another end than values decides which.
  constexpr bool claim(std::uint8_t state) noexcept {
    std::uint8_t before = verdict::value;
    return snug::detail::compare_exchange(progress::verdict.state, before, state);
  }

  // Of children that complete inside start() the last is the last to arrive: it alone looks before it counts.
  template <std::size_t Index> constexpr void arrive() noexcept {
    constexpr bool looks = !stop::is_extensible && Index + 1 == sizeof...(Sndrs);
    if (looks ? snug::detail::last_arrival(progress::pending)
              : snug::detail::last_arrival_of_extensible(progress::pending)) {
      stop::close();
      finish();
    }
  }

  // Everybody else is done: plain access from here on, and nothing after a completion.
  constexpr void finish() noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (traits::has_errors) {
      if (progress::verdict.state >= verdict::first_error) {
        visit_error([&rcvr](auto &error) { set_error_t{}(std::move(rcvr), std::move(error)); });
        return;
      }
    }
    if constexpr (traits::can_stop) {
      if (progress::verdict.state == verdict::stopped) {
        set_stopped_t{}(std::move(rcvr));
        return;
      }
    }
    if constexpr (traits::sends_values) {
      send_values(rcvr, static_cast<slots &>(*this));
    }
  }

  template <class R, class... Slots>
  static constexpr void send_values(R &rcvr, when_all_slots<types<Slots...>> &self) noexcept {
    set_value_t{}(std::move(rcvr), std::move(static_cast<Slots &>(self).value)...);
  }

  template <class Visitor> constexpr void visit_error(Visitor visitor) noexcept {
    visit_error(visitor, typename traits::error_indices{});
  }
  template <class Visitor, std::size_t... Errors>
  constexpr void visit_error(Visitor visitor, std::index_sequence<Errors...>) noexcept {
    std::uint8_t const state = progress::verdict.state; // the visitor may destroy the operation
    (void)((state == verdict::first_error + Errors ? (visitor(snug::detail::one_of_at<Errors>(errors_.storage)), true)
                                                   : false) ||
           ...);
  }

  template <std::size_t Index> constexpr void destroy_values() noexcept {
    if (progress::filled.filled[Index]) {
      storage::template child<Index>::destroy(*this);
    }
  }

  [[no_unique_address]] when_all_errors<when_all_op, typename traits::errors> errors_;
};

// Completes in the domain that all children have in common.
template <class... Attrs> struct when_all_attrs {
  template <class Env> static constexpr auto query(get_completion_domain_t<set_value_t>, Env const &) noexcept {
    return common_domain_t<domain_or_unknown<completion_domain_t<set_value_t, Attrs, Env>>...>();
  }
};

template <class... Sndrs> class when_all_sender {
  template <class, class, class...> friend class when_all_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = when_all_sender;
  using parts_self = when_all_sender;
  using parts_tag = when_all_t;
  template <class Self, class Rcvr>
  using operation_for =
      when_all_op<Rcvr, std::index_sequence_for<Sndrs...>, snug::detail::copy_cvref_t<Self, Sndrs>...>;

  template <class... Args>
  constexpr explicit when_all_sender(std::in_place_t, Args &&...args)
      : sndrs_(std::in_place, static_cast<Args &&>(args)...) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return when_all_completions<snug::detail::copy_cvref_t<Self, Sndrs>...>::template get<Env...>();
  }

  static constexpr when_all_attrs<snug::detail::remove_cvref_t<env_of_t<Sndrs>>...> get_env() noexcept { return {}; }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return with_leaves(static_cast<Self &&>(self), taker, std::index_sequence_for<Sndrs...>{});
  }

private:
  template <class Self, class Taker, std::size_t... Indices>
  static constexpr decltype(auto) with_leaves(Self &&self, Taker &taker, std::index_sequence<Indices...>) {
    return taker(no_data_of_sender, snug::detail::forward_member<Self>(snug::detail::leaf_at<Indices>(self.sndrs_))...);
  }

  [[no_unique_address]] snug::detail::leaves<when_all_sender, Sndrs...> sndrs_;
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Starts senders one after the other and completes when all have, with their values side by side.
///
/// Shapes:     set_value_t(Values&&...) of all senders, decayed, unless one never completes with values; every error,
///             decayed; set_error_t(std::exception_ptr) if keeping a value or an error may throw; set_stopped_t() if a
///             sender or the receiver's environment may stop. Each sender has at most one value shape.
/// State:      the children, each value, 1 byte of count; where something can fail also a stop source of 13 bytes, 1
///             byte of verdict, the largest error, and a 32-byte callback for a stoppable token around it; a flag for
///             each
///             child with values that must be destroyed. No receiver, no back-pointer. 20 bytes for two just(int), 88
///             for two branches of schedule on a run_loop and three then with an int each (x86-64, Itanium ABI), held
///             by execution/sizes_test.cpp.
/// Threads:    completes on whichever thread finishes last; start() may complete before it returns.
/// Lifetime:   the state may be destroyed inside the completion call; nothing touches it afterwards.
/// Errors:     the first error or stop wins, the other operations are asked to stop and awaited.
/// Complexity: at most one atomic read-modify-write for each child and one for a failure; no allocation.
/// Source:     [exec.when.all]. Differs: senders that cannot fail get the environment's own stop token.
struct when_all_t {
  template <sender... Sndrs> constexpr auto operator()(Sndrs &&...sndrs) const {
    static_assert(sizeof...(Sndrs) > 0, "when_all takes at least one sender [exec.when.all]");
    return detail::when_all_sender<snug::detail::remove_cvref_t<Sndrs>...>(std::in_place,
                                                                           static_cast<Sndrs &&>(sndrs)...);
  }
};
inline constexpr when_all_t when_all{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
