// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An error that a coroutine completes with ([execution.syn]).
#ifndef SNUG_EXECUTION_WITH_ERROR_HPP
#define SNUG_EXECUTION_WITH_ERROR_HPP

#include <snug/detail/traits.hpp>

namespace snug::execution {

/// `co_yield with_error(error);` ends a task with that error instead of a result.
///
/// Source:     [execution.syn], [task.promise].
template <class E> struct with_error {
  using type = snug::detail::remove_cvref_t<E>;
  type error;
};
template <class E> with_error(E) -> with_error<E>;

} // namespace snug::execution

#endif
