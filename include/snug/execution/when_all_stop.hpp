// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How when_all's children are asked to stop, from inside and from outside.
#ifndef SNUG_EXECUTION_WHEN_ALL_STOP_HPP
#define SNUG_EXECUTION_WHEN_ALL_STOP_HPP

#include <snug/config.hpp>
#include <snug/execution/stop_hook.hpp>
#include <snug/stop_token.hpp>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// A base of Op: a stop source for the children of Op, and a hook in the token around it while the operation is open.
template <class Op, class Token, bool CanFail>
class when_all_stop : public stop_hook<Op, Token>, public inplace_stop_source {
public:
  static constexpr bool is_extensible = stop_hook<Op, Token>::can_call;

  constexpr inplace_stop_source &source() noexcept { return *this; }
  // Of an operation whose other bases may be under construction.
  static constexpr inplace_stop_source &source_of(when_all_stop &stop) noexcept { return stop; }
};

// Nothing can fail: nobody is asked.
template <class Op, class Token> class when_all_stop<Op, Token, false> {
public:
  static constexpr bool is_extensible = false;

  constexpr void close() noexcept {}
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
