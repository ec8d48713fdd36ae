// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Adaptors that go on with a sender which a function makes of what their sender completes with ([exec.let]).
#ifndef SNUG_EXECUTION_LET_HPP
#define SNUG_EXECUTION_LET_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/invoke.hpp>
#include <snug/detail/leaf.hpp>
#include <snug/detail/one_of.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/late_child.hpp>
#include <snug/execution/let_traits.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/sender_adaptor_closure.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

struct let_value_t;
struct let_error_t;
struct let_stopped_t;

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct let_first {};
template <std::size_t Shape> struct let_second {};

// The arguments of one call, kept for the second operation.
template <class Op, std::size_t Shape, class... Values>
class let_values : public snug::detail::leaves<let_values<Op, Shape, Values...>, Values...> {
  using values = snug::detail::leaves<let_values, Values...>;

public:
  template <class... Args>
  constexpr explicit let_values(std::in_place_t, Args &&...args)
      : values(std::in_place, static_cast<Args &&>(args)...) {}

  template <class F> constexpr decltype(auto) call(F &&f) {
    return call(static_cast<F &&>(f), std::index_sequence_for<Values...>{});
  }

private:
  template <class F, std::size_t... Indices> constexpr decltype(auto) call(F &&f, std::index_sequence<Indices...>) {
    return static_cast<F &&>(f)(snug::detail::leaf_at<Indices>(*this)...);
  }
};

// The arguments of whichever call is made; nothing where every call is made without.
template <class Op, class Indices, class... Shapes> struct let_arguments;
template <class Op, std::size_t... Indices, class... Shapes>
struct let_arguments<Op, std::index_sequence<Indices...>, Shapes...> {
  template <std::size_t, class> struct values_of;
  template <std::size_t Shape, class... Values> struct values_of<Shape, let_list<Values...>> {
    using type = let_values<Op, Shape, Values...>;
  };
  static constexpr bool is_trivially_destructible =
      (std::is_trivially_destructible_v<typename values_of<Indices, Shapes>::type> && ...);

  template <std::size_t Shape, class... Args> constexpr void construct(Args &&...args) {
    snug::detail::construct_one_of<Shape>(storage, std::in_place, static_cast<Args &&>(args)...);
  }
  template <std::size_t Shape> constexpr void destroy() noexcept {
    std::destroy_at(&snug::detail::one_of_at<Shape>(storage));
  }
  template <std::size_t Shape, class F> constexpr decltype(auto) call(F &&f) {
    return snug::detail::one_of_at<Shape>(storage).call(static_cast<F &&>(f));
  }

  snug::detail::one_of<typename values_of<Indices, Shapes>::type...> storage;
};
template <class Op> struct let_arguments<Op, std::index_sequence<0>, let_list<>> {
  static constexpr bool is_trivially_destructible = true;
  template <std::size_t> constexpr void construct() noexcept {}
  template <std::size_t> constexpr void destroy() noexcept {}
  template <std::size_t, class F> constexpr decltype(auto) call(F &&f) { return static_cast<F &&>(f)(); }
};

// What must be destroyed: the first child, or the arguments of a shape, or these and the second child; nothing where
// none need be.
template <class Op, std::size_t Shapes, bool Needed> struct let_progress {
  static constexpr std::size_t first = 0;
  static constexpr std::size_t arguments(std::size_t shape) { return 2 * shape + 1; }
  static constexpr std::size_t second(std::size_t shape) { return 2 * shape + 2; }

  constexpr void set(std::size_t at) noexcept { reached = static_cast<number>(at); }

  using number = std::conditional_t<(Shapes < 0x7f), std::uint8_t, std::uint16_t>;
  number reached = first;
};
template <class Op, std::size_t Shapes> struct let_progress<Op, Shapes, false> {
  static constexpr std::size_t arguments(std::size_t) { return 0; }
  static constexpr std::size_t second(std::size_t) { return 0; }
  static constexpr void set(std::size_t) noexcept {}
};

// The parts of an operation, of the type Op, whose sender completes in several Shapes.
template <class Op, class Completion, class Sndr, class F, class Env,
          class Shapes = typename let_shapes<Completion, completions_t<Sndr, Env>>::type>
struct let_parts;
template <class Op, class Completion, class Sndr, class F, class Env, class... Shapes>
struct let_parts<Op, Completion, Sndr, F, Env, let_list<Shapes...>> {
  static constexpr std::size_t count = sizeof...(Shapes);
  using shapes = let_list<Shapes...>;
  using indices = std::make_index_sequence<count>;
  using scheduler = let_scheduler<Completion, Sndr, Env>;
  using second_env = typename scheduler::env;
  using first = late_child<Op, let_first, Env, Sndr>;
  using arguments = let_arguments<Op, indices, Shapes...>;

  template <class... Values> static snug::detail::call_result_t<F, Values &...> result_of(let_list<Values...>);

  template <class Shape>
  using second =
      late_child<Op, let_second<snug::detail::index_of<Shape, Shapes...>()>, second_env, decltype(result_of(Shape{}))>;
  using children = late_children<Op, first, second<Shapes>...>;

  template <class... Args> static consteval bool is_declared() {
    return (snug::detail::is_same<let_list<snug::detail::decay_t<Args>...>, Shapes> || ...);
  }
  template <class Shape> static constexpr std::size_t index = snug::detail::index_of<Shape, Shapes...>();
};

template <class Completion, class Sndr, class F, class Rcvr>
class let_op : public inlinable_operation_state<let_op<Completion, Sndr, F, Rcvr>, Rcvr>,
               public let_parts<let_op<Completion, Sndr, F, Rcvr>, Completion, Sndr, F, env_of_t<Rcvr>>::children {
  using receiver_base = inlinable_operation_state<let_op, Rcvr>;
  using parts = let_parts<let_op, Completion, Sndr, F, env_of_t<Rcvr>>;
  using children = typename parts::children;
  using arguments = typename parts::arguments;
  using first = typename parts::first;
  static constexpr bool is_trivial = children::is_trivially_destructible && arguments::is_trivially_destructible;
  using progress = let_progress<let_op, parts::count, !is_trivial>;
  using callable = snug::detail::callable<F, let_op>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr let_op(Self &&self, Rcvr rcvr) noexcept(
      snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
      snug::detail::is_nothrow_constructible<callable, snug::detail::copy_cvref_t<Self, F>> &&
      connects_nothrow<Sndr, env_of_t<Rcvr>>)
      : receiver_base(static_cast<Rcvr &&>(rcvr)), f_(static_cast<snug::detail::copy_cvref_t<Self, F> &&>(self.f_)),
        scheduler_(self.sndr_, *this) {
    this->template make_child<first>(static_cast<Sndr &&>(self.sndr_));
  }

  ~let_op()
    requires is_trivial
  = default;
  constexpr ~let_op() {
    if (progress_.reached == progress::first) {
      this->template destroy_child<first>();
      return;
    }
    destroy_shapes(typename parts::shapes{});
  }

  constexpr void start() noexcept { this->template start_child<first>(); }

  template <class Signal, class... Args> constexpr void complete(let_first, Signal, Args &&...args) noexcept {
    if constexpr (snug::detail::is_same<Signal, Completion>) {
      static_assert(parts::template is_declared<Args...>(),
                    "let: the sender completes with what it does not declare in its completion signatures");
      using shape = let_list<snug::detail::decay_t<Args>...>;
      if (follow<shape>(static_cast<Args &&>(args)...)) {
        this->template start_child<typename parts::template second<shape>>();
      }
    } else {
      pass_on<Signal>(static_cast<Args &&>(args)...);
    }
  }
  template <std::size_t Shape, class Signal, class... Args>
  constexpr void complete(let_second<Shape>, Signal, Args &&...args) noexcept {
    pass_on<Signal>(static_cast<Args &&>(args)...);
  }

  static constexpr env_of_t<Rcvr> get_env(let_first, let_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }
  template <std::size_t Shape>
  static constexpr typename parts::second_env get_env(let_second<Shape>, let_op &op) noexcept {
    return op.scheduler_.with(execution::get_env(receiver_base::receiver_of(op)));
  }

private:
  // A child completes the operation, which may be gone then; what the values refer to is not.
  template <class Signal, class... Args> constexpr void pass_on(Args &&...args) noexcept {
    auto *const child = this->release_child();
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Args &&>(args)...);
    children::end_child(child);
  }

  // Makes the second child; false when that failed and the operation is complete, perhaps gone.
  template <class Shape, class... Args> constexpr bool follow(Args &&...args) noexcept {
    using second = typename parts::template second<Shape>;
    if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Args>, Args> && ...) &&
                  snug::detail::is_nothrow_callable_with<F, snug::detail::decay_t<Args> &...> &&
                  connects_nothrow<typename second::sender, typename parts::second_env>) {
      make_second<Shape>(static_cast<Args &&>(args)...);
    } else {
      try {
        make_second<Shape>(static_cast<Args &&>(args)...);
      } catch (...) {
        auto &&rcvr = get_receiver();
        set_error_t{}(std::move(rcvr), std::current_exception());
        return false;
      }
    }
    return true;
  }

  // The arguments may be part of the first child: they are moved out before it goes, and makes room for the second.
  template <class Shape, class... Args> constexpr void make_second(Args &&...args) {
    constexpr std::size_t index = parts::template index<Shape>;
    arguments_.template construct<index>(static_cast<Args &&>(args)...);
    this->template destroy_child<first>();
    progress_.set(progress::arguments(index));
    this->template make_child<typename parts::template second<Shape>>(arguments_.template call<index>(f_.take()));
    progress_.set(progress::second(index));
  }

  template <class... Shapes> constexpr void destroy_shapes(let_list<Shapes...>) noexcept {
    (destroy_shape<Shapes>(), ...);
  }
  template <class Shape> constexpr void destroy_shape() noexcept {
    constexpr std::size_t index = parts::template index<Shape>;
    if (progress_.reached == progress::second(index)) {
      this->template destroy_child<typename parts::template second<Shape>>();
      arguments_.template destroy<index>();
    } else if (progress_.reached == progress::arguments(index)) {
      arguments_.template destroy<index>();
    }
  }

  [[no_unique_address]] arguments arguments_;
  [[no_unique_address]] callable f_;
  [[no_unique_address]] typename parts::scheduler scheduler_;
  [[no_unique_address]] progress progress_;
};

// Where the sender never completes so that the function is called, its operation is the only one.
template <class Completion, class Sndr, class F, class Rcvr>
  requires never_lets<Completion, completions_t<Sndr, env_of_t<Rcvr>>>
class let_op<Completion, Sndr, F, Rcvr>
    : public inlinable_operation_state<let_op<Completion, Sndr, F, Rcvr>, Rcvr>,
      public child_for<let_op<Completion, Sndr, F, Rcvr>, let_first, env_of_t<Rcvr>, Sndr> {
  using receiver_base = inlinable_operation_state<let_op, Rcvr>;
  using child_base_t = child_for<let_op, let_first, env_of_t<Rcvr>, Sndr>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr let_op(Self &&self, Rcvr rcvr) noexcept(snug::detail::is_nothrow_constructible<Rcvr, Rcvr> &&
                                                    child_base_t::connects_nothrow())
      : receiver_base(static_cast<Rcvr &&>(rcvr)), child_base_t(static_cast<Sndr &&>(self.sndr_)) {}

  constexpr void start() noexcept { child_base_t::start_child(); }

  template <class Signal, class... Args> constexpr void complete(let_first, Signal, Args &&...args) noexcept {
    auto &&rcvr = get_receiver();
    Signal{}(std::move(rcvr), static_cast<Args &&>(args)...);
  }

  static constexpr env_of_t<Rcvr> get_env(let_first, let_op &op) noexcept {
    return execution::get_env(receiver_base::receiver_of(op));
  }
};

template <class Completion, class Sndr, class F> class let_sender {
  template <class, class, class, class> friend class let_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = let_sender;
  using parts_self = let_sender;
  using parts_tag = typename tag_for_completion<Completion, let_value_t, let_error_t, let_stopped_t>::type;
  template <class Self, class Rcvr>
  using operation_for = let_op<Completion, snug::detail::copy_cvref_t<Self, Sndr>, F, Rcvr>;

  template <class S, class G>
  constexpr let_sender(Completion, S &&sndr, G &&f) : sndr_(static_cast<S &&>(sndr)), f_(static_cast<G &&>(f)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using child = snug::detail::copy_cvref_t<Self, Sndr>;
    return typename transformed_completions<let_transform<Completion, child, F, Env...>,
                                            completions_t<child, Env...>>::type{};
  }

  template <class Self, class Taker> static constexpr decltype(auto) with_parts(Self &&self, Taker &&taker) {
    return taker(snug::detail::forward_member<Self>(self.f_), snug::detail::forward_member<Self>(self.sndr_));
  }
  constexpr let_attrs<env_of_t<Sndr>> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  [[no_unique_address]] Sndr sndr_;
  [[no_unique_address]] F f_;
};

template <class Completion, class Adaptor> struct let_adaptor {
  template <sender Sndr, class F> constexpr auto operator()(Sndr &&sndr, F &&f) const {
    return let_sender<Completion, snug::detail::remove_cvref_t<Sndr>, snug::detail::kept_callable_t<F>>(
        Completion{}, static_cast<Sndr &&>(sndr), static_cast<F &&>(f));
  }
  template <class F> constexpr auto operator()(F &&f) const {
    return bound_closure<Adaptor, snug::detail::kept_callable_t<F>>(static_cast<F &&>(f));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

namespace snug::execution::inline SNUG_ABI_NAMESPACE {

/// Calls a function with lvalues of the values that a sender completes with, and goes on with the sender it returns.
///
/// Shapes:     those of the senders returned; set_error_t(std::exception_ptr) if keeping the values, a call or
///             connecting its result may throw; every other shape of the first sender.
/// State:      the values, decayed, and the callable, both alive until the operation is destroyed; the larger of the
///             first and the second operation, which share their storage; the completion scheduler of the first sender
///             if it has one; 1 byte of progress where something of this must be destroyed. No receiver, no
///             back-pointer. 12 bytes for `just(int) | let_value(f)` with an int captured that returns `just(int)`, 40
///             for three of these inside one another (x86-64, Itanium ABI), held by execution/let_test.cpp.
///             A callable that is empty, trivially copyable and trivially default constructible is made again, not
///             stored.
/// Threads:    calls the function, and starts the second operation, where the first completes.
/// Environment: the second operation sees the receiver's environment; where the first sender names its completion
///             scheduler, that answers get_start_scheduler, and get_domain where it has a domain; where it only names a
///             completion domain, that answers get_domain.
/// Lifetime:   the first operation is destroyed before the call; the state may be destroyed inside the completion
///             call, nothing touches it afterwards.
/// Errors:     an exception while the second operation is made becomes set_error_t(std::exception_ptr).
/// Source:     [exec.let], P3373R4. Differs: usable in constant expressions only where the sender never completes so
///             that the function is called, or where the larger operation is at least as large as a pointer, both are
///             built in place, not connected, and the operation completes (two operations in one storage need a cast
///             that is none there: they are allocated, and the storage keeps a pointer); the environment hands on
///             every query, not only forwarding ones; its sender does not say where it completes,
///             even where that is known.
struct let_value_t : detail::let_adaptor<set_value_t, let_value_t> {};
inline constexpr let_value_t let_value{};

/// Calls a function with an lvalue of the error that a sender completes with, and goes on with the sender it returns.
///
/// Otherwise as let_value.
/// Source:     [exec.let].
struct let_error_t : detail::let_adaptor<set_error_t, let_error_t> {};
inline constexpr let_error_t let_error{};

/// Calls a function when a sender completes as stopped, and goes on with the sender it returns.
///
/// Otherwise as let_value.
/// Source:     [exec.let].
struct let_stopped_t : detail::let_adaptor<set_stopped_t, let_stopped_t> {};
inline constexpr let_stopped_t let_stopped{};

} // namespace snug::execution::inline SNUG_ABI_NAMESPACE

#endif
