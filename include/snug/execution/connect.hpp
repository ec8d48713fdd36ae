// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Connects a sender with a receiver ([exec.connect]).
#ifndef SNUG_EXECUTION_CONNECT_HPP
#define SNUG_EXECUTION_CONNECT_HPP

#include <snug/execution/in_place_sender.hpp>
#include <snug/execution/receiver.hpp>

#include <type_traits>
#include <utility>

namespace snug::execution {
namespace detail {

template <class Sndr, class Rcvr>
struct connected {
  using type = decltype(std::declval<Sndr>().connect(std::declval<Rcvr>()));
  static constexpr bool is_noexcept = noexcept(std::declval<Sndr>().connect(std::declval<Rcvr>()));
};
// Named, never deduced: the operation state may be incomplete here.
template <in_place_sender Sndr, class Rcvr>
struct connected<Sndr, Rcvr> {
  using type = operation_for_t<Sndr, std::remove_cvref_t<Rcvr>>;
};

}  // namespace detail

/// The operation state that connecting a sender with a receiver yields.
template <class Sndr, class Rcvr>
using connect_result_t = typename detail::connected<Sndr, Rcvr>::type;

/// Connects a sender with a receiver and returns the operation state, ready to be started.
///
/// Source:     [exec.connect].
struct connect_t {
  template <class Sndr, class Rcvr>
  constexpr connect_result_t<Sndr, Rcvr> operator()(Sndr&& sndr, Rcvr&& rcvr) const {
    if constexpr (in_place_sender<Sndr>) {
      return connect_result_t<Sndr, Rcvr>(static_cast<Sndr&&>(sndr), static_cast<Rcvr&&>(rcvr));
    } else {
      return static_cast<Sndr&&>(sndr).connect(static_cast<Rcvr&&>(rcvr));
    }
  }
};
inline constexpr connect_t connect{};

}  // namespace snug::execution

#endif
