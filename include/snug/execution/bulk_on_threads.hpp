// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What bulk algorithms that run on several threads have in common.
#ifndef SNUG_EXECUTION_BULK_ON_THREADS_HPP
#define SNUG_EXECUTION_BULK_ON_THREADS_HPP

#include <snug/config.hpp>
#include <snug/detail/atomic.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/execution_policy.hpp>

#include <cstdint>
#include <exception>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// The first exception that a call throws; nothing where none does.
template <class Op, bool MayThrow> class first_exception {
public:
  // On several threads at once; the first is kept.
  void keep() noexcept {
    if (snug::detail::fetch_or(is_kept_, std::uint8_t{1}) == 0) {
      exception_ = std::current_exception();
    }
  }
  explicit operator bool() const noexcept { return snug::detail::load_acquire(is_kept_) != 0; }
  // Once all calls have ended.
  std::exception_ptr take() noexcept { return std::move(exception_); }

private:
  std::exception_ptr exception_;
  std::uint8_t is_kept_ = 0;
};
template <class Op> class first_exception<Op, false> {};

// Whether a policy lets calls run at the same time.
template <class Policy>
inline constexpr bool allows_threads =
    snug::detail::is_same<Policy, parallel_policy> || snug::detail::is_same<Policy, parallel_unsequenced_policy>;

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
