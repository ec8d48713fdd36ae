// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A task ends with an error that is not among its error types.
// first error: co_yield with_error: the error must convert to exactly one of the task's error_types
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct other {};
struct errors {
  using error_types = ex::completion_signatures<ex::set_error_t(int)>;
};

ex::task<int, errors> fails() {
  co_yield ex::with_error(other());
  co_return 1;
}
