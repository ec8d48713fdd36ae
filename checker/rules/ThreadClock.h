// Processor time, for the price of rules and phases.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_THREADCLOCK_H
#define SNUG_CHECKER_RULES_THREADCLOCK_H

#include <cstdint>
#include <ctime>

namespace snug::rules {

/// Nanoseconds of processor time that this thread has used: what else keeps the machine busy is no rule's cost.
inline std::uint64_t threadNanoseconds() {
  timespec Now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &Now);
  return static_cast<std::uint64_t>(Now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(Now.tv_nsec);
}

} // namespace snug::rules

#endif
