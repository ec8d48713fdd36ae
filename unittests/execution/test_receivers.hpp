// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Receivers, environments and leaf senders that the tests of [exec] share.
#ifndef SNUG_UNITTESTS_EXECUTION_TEST_RECEIVERS_HPP
#define SNUG_UNITTESTS_EXECUTION_TEST_RECEIVERS_HPP

#include <snug/config.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/env.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <optional>
#include <tuple>
#include <utility>

// For a class that stores its receiver on purpose, as the code of people does who never heard of inlinable receivers:
// the back-pointer then is nobody's mistake (scripts/check_back_pointers.py).
#if __has_cpp_attribute(clang::suppress)
#define SNUG_TEST_STORES_ON_PURPOSE [[clang::suppress("snug-stored-back-pointer")]]
#else
#define SNUG_TEST_STORES_ON_PURPOSE
#endif

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// Whether a sender has exactly these completions, in this order: in an environment, and in the empty one.
template <class Sndr, class Env, class... Signatures>
concept completes_in =
    std::same_as<ex::completion_signatures_of_t<Sndr, Env>, ex::completion_signatures<Signatures...>>;
template <class Sndr, class... Signatures>
concept completes_with = completes_in<Sndr, ex::env<>, Signatures...>;

// What a figure is in the mode that is compiled.
constexpr std::size_t either(std::size_t inlined, std::size_t stored) {
  return SNUG_STORE_RECEIVERS != 0 ? stored : inlined;
}

// The environment of who is started inline.
using inline_env = ex::prop<ex::get_start_scheduler_t, ex::inline_scheduler>;

// How an operation completed.
template <class... Values> struct outcome {
  std::optional<std::tuple<Values...>> values;
  std::exception_ptr error;
  int int_error = 0;
  bool stopped = false;
  int completions = 0;

  auto value() const { return std::get<0>(values.value()); }
};

template <class Env, class... Values> struct recorder {
  using receiver_concept = ex::receiver_tag;

  outcome<Values...> *result;
  [[no_unique_address]] Env env = {};

  template <class... Vs>
    requires std::constructible_from<std::tuple<Values...>, Vs...>
  constexpr void set_value(Vs &&...values) && noexcept {
    result->values.emplace(static_cast<Vs &&>(values)...);
    ++result->completions;
  }
  void set_error(std::exception_ptr error) && noexcept {
    result->error = std::move(error);
    ++result->completions;
  }
  constexpr void set_error(int error) && noexcept {
    result->int_error = error;
    ++result->completions;
  }
  constexpr void set_stopped() && noexcept {
    result->stopped = true;
    ++result->completions;
  }
  constexpr Env get_env() const noexcept { return env; }
};

// An environment with nothing but a stop token.
struct token_env {
  snug::inplace_stop_token token;
  constexpr snug::inplace_stop_token query(snug::get_stop_token_t) const noexcept { return token; }
};

// A stop token of a type of its own.
struct other_token {
  template <class F> struct callback_type : snug::inplace_stop_callback<F> {
    template <class Init>
    callback_type(other_token from, Init &&init)
        : snug::inplace_stop_callback<F>(from.token, static_cast<Init &&>(init)) {}
  };
  bool stop_requested() const noexcept { return token.stop_requested(); }
  bool stop_possible() const noexcept { return token.stop_possible(); }
  friend bool operator==(other_token const &, other_token const &) noexcept = default;

  snug::inplace_stop_token token;
};
struct other_token_env {
  other_token token;
  other_token query(snug::get_stop_token_t) const noexcept { return token; }
};

// Connects and starts a sender that completes inside start().
template <class... Values, class Sndr, class Env = ex::env<>> outcome<Values...> run(Sndr &&sndr, Env env = {}) {
  outcome<Values...> result;
  auto op = ex::connect(static_cast<Sndr &&>(sndr), recorder<Env, Values...>{&result, env});
  ex::start(op);
  return result;
}

// Takes everything and does nothing: for sizes.
struct ignore {
  using receiver_concept = ex::receiver_tag;
  constexpr void set_value(auto &&...) && noexcept {}
  constexpr void set_error(auto &&) && noexcept {}
  constexpr void set_stopped() && noexcept {}
};
struct ignore_behind_pointer : ignore {
  void *pointer;
};

template <class Sndr, class Rcvr = ignore>
inline constexpr std::size_t size_of_op = sizeof(ex::connect_result_t<Sndr, Rcvr>);

// A leaf that is asked once, in start(), whether to stop.
template <class Rcvr> class polling_op : public ex::inlinable_operation_state<polling_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<polling_op, Rcvr>;

public:
  template <class Sndr>
  constexpr polling_op(Sndr const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), value_(sndr.value) {}
  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if (snug::get_stop_token(ex::get_env(rcvr)).stop_requested()) {
      ex::set_stopped(std::move(rcvr));
    } else {
      ex::set_value(std::move(rcvr), value_);
    }
  }

private:
  int value_;
};
struct polling {
  using sender_concept = ex::sender_tag;
  using in_place_self = polling;
  template <class, class Rcvr> using operation_for = polling_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
  int value;
};

// A sender of people who never heard of in-place construction or inlinable receivers: it has connect(), and stores.
struct foreign {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;

  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    int value;
    void start() noexcept { ex::set_value(std::move(rcvr), std::move(value)); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), value}; }
  int value;
};

// An adaptor of such people: hands its receiver on to the operation of an inner sender, which it holds as a member.
template <class Inner> struct foreign_wrapper {
  using sender_concept = ex::sender_tag;
  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return ex::get_completion_signatures<Inner, Env...>();
  }

  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    long before = 0; // whoever takes the inner operation for this one misses by 8 bytes
    ex::connect_result_t<Inner, Rcvr> inner;
    operation(Inner sndr, Rcvr rcvr) : inner(ex::connect(std::move(sndr), std::move(rcvr))) {}
    operation(operation &&) = delete;
    void start() noexcept { ex::start(inner); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return operation<Rcvr>(inner, std::move(rcvr)); }
  Inner inner;
};
template <class Inner> foreign_wrapper(Inner) -> foreign_wrapper<Inner>;

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
