// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Points in time that are so far from now.
#ifndef SNUG_IO_DETAIL_DEADLINE_HPP
#define SNUG_IO_DETAIL_DEADLINE_HPP

#include <chrono>

namespace snug::io::detail {

using clock = std::chrono::steady_clock;

// What is centuries away is never, what is past is now: durations of other units than the clock's reach further.
template <class Rep, class Period>
clock::time_point deadline_after(std::chrono::duration<Rep, Period> from_now) noexcept {
  using approximately = std::chrono::duration<double>;
  clock::time_point const now = clock::now();
  if (approximately(from_now) > approximately(clock::time_point::max() - now) / 2) {
    return clock::time_point::max();
  }
  return from_now <= from_now.zero() ? now : now + std::chrono::ceil<clock::duration>(from_now);
}

} // namespace snug::io::detail

#endif
