// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stop tokens that keep alive what they ask ([stoptoken], [stopsource], [stopcallback]).
#ifndef SNUG_SHARED_STOP_TOKEN_HPP
#define SNUG_SHARED_STOP_TOKEN_HPP

#include <snug/detail/atomic.hpp>
#include <snug/detail/share.hpp>
#include <snug/stop_token.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace snug {

/// Makes a stop_source without a stop state: `stop_source(nostopstate)`.
///
/// Source:     [thread.stoptoken.syn].
struct nostopstate_t {
  explicit nostopstate_t() = default;
};
inline constexpr nostopstate_t nostopstate{};

template <class CallbackFn> class stop_callback;

namespace detail {

// What the sources, tokens and callbacks of one stop_source share.
class stop_state : public inplace_stop_source {
public:
  static stop_state *make(); // lib/stop_token.cpp

  void share() noexcept { detail::add_share(owners_); }
  void release() noexcept {
    if (detail::last_arrival(owners_)) {
      destroy();
    }
  }

  void add_source() noexcept { detail::add_share(sources_); }
  void remove_source() noexcept { (void)detail::last_arrival_of_extensible(sources_); }
  bool can_stop() const noexcept { return detail::load_acquire(sources_) != 0 || stop_requested(); }

private:
  stop_state() noexcept = default;
  void destroy() noexcept; // lib/stop_token.cpp

  std::uint32_t owners_ = 1;
  std::uint32_t sources_ = 1;
};

} // namespace detail

/// Tells whether a stop_source, whose state it shares, was asked to stop.
///
/// State:      8 bytes: a counted reference, none for a token of no source.
/// Source:     [stoptoken].
class stop_token {
public:
  template <class CallbackFn> using callback_type = stop_callback<CallbackFn>;

  stop_token() noexcept = default;

  void swap(stop_token &other) noexcept { std::swap(state_, other.state_); }
  bool stop_requested() const noexcept { return state_.get() != nullptr && state_.get()->stop_requested(); }
  bool stop_possible() const noexcept { return state_.get() != nullptr && state_.get()->can_stop(); }
  friend bool operator==(stop_token const &, stop_token const &) noexcept = default;

private:
  friend class stop_source;
  template <class> friend class stop_callback;

  explicit stop_token(detail::share<detail::stop_state> state) noexcept : state_(std::move(state)) {}

  inplace_stop_token inplace() const noexcept {
    return state_.get() != nullptr ? state_.get()->get_token() : inplace_stop_token();
  }

  detail::share<detail::stop_state> state_;
};

/// Requests a stop from whoever holds one of its tokens, and may be gone before they are.
///
/// State:      8 bytes: a counted reference to 24 bytes on the heap, which all copies share.
/// Threads:    as inplace_stop_source; different copies may be used at once.
/// Errors:     the default constructor throws std::bad_alloc; nothing else allocates.
/// Source:     [stopsource].
class stop_source {
public:
  stop_source() : state_(detail::stop_state::make()) {}
  explicit stop_source(nostopstate_t) noexcept {}
  stop_source(stop_source &&) noexcept = default;
  stop_source(stop_source const &other) noexcept : state_(other.state_) {
    if (state_.get() != nullptr) {
      state_.get()->add_source();
    }
  }
  stop_source &operator=(stop_source other) noexcept {
    swap(other);
    return *this;
  }
  ~stop_source() {
    if (state_.get() != nullptr) {
      state_.get()->remove_source();
    }
  }

  void swap(stop_source &other) noexcept { std::swap(state_, other.state_); }
  stop_token get_token() const noexcept { return stop_token(state_); }
  bool stop_possible() const noexcept { return state_.get() != nullptr; }
  bool stop_requested() const noexcept { return stop_possible() && state_.get()->stop_requested(); }

  /// Asks for a stop and runs the callbacks, which may destroy this source; false where somebody did so before.
  bool request_stop() noexcept {
    detail::share<detail::stop_state> const state = state_;
    return state.get() != nullptr && state.get()->request_stop();
  }

  friend bool operator==(stop_source const &, stop_source const &) noexcept = default;

private:
  detail::share<detail::stop_state> state_;
};

/// Calls a function when a stop is requested, at the latest in the constructor if one was requested before.
///
/// State:      an inplace_stop_callback and a counted reference: 40 bytes and the function (x86-64, Itanium ABI).
/// Threads:    as inplace_stop_callback.
/// Lifetime:   keeps alive what it listens to.
/// Source:     [stopcallback].
template <class CallbackFn> class stop_callback : stop_token, inplace_stop_callback<CallbackFn> {
public:
  using callback_type = CallbackFn;

  template <class Init>
    requires std::constructible_from<CallbackFn, Init>
  explicit stop_callback(stop_token const &token,
                         Init &&init) noexcept(std::is_nothrow_constructible_v<CallbackFn, Init>)
      : stop_token(token), inplace_stop_callback<CallbackFn>(token.inplace(), static_cast<Init &&>(init)) {}
  template <class Init>
    requires std::constructible_from<CallbackFn, Init>
  explicit stop_callback(stop_token &&token, Init &&init) noexcept(std::is_nothrow_constructible_v<CallbackFn, Init>)
      : stop_token(std::move(token)),
        inplace_stop_callback<CallbackFn>(stop_token::inplace(), static_cast<Init &&>(init)) {}
};
template <class CallbackFn> stop_callback(stop_token, CallbackFn) -> stop_callback<CallbackFn>;

} // namespace snug

#endif
