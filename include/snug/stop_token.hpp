// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Stop tokens ([thread.stoptoken]): how whoever waits for an operation asks it to stop.
#ifndef SNUG_STOP_TOKEN_HPP
#define SNUG_STOP_TOKEN_HPP

namespace snug {

/// A token that never asks anybody to stop.
///
/// State:      empty.
/// Source:     [stoptoken.never].
class never_stop_token {
  struct callback {
    constexpr explicit callback(never_stop_token, auto&&) noexcept {}
  };

 public:
  template <class>
  using callback_type = callback;

  static constexpr bool stop_requested() noexcept { return false; }
  static constexpr bool stop_possible() noexcept { return false; }
  friend constexpr bool operator==(never_stop_token, never_stop_token) noexcept = default;
};

}  // namespace snug

#endif
