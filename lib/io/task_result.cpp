// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What happens where a task has thrown.
#include <snug/io/task_result.hpp>

namespace snug::io::detail {

void rethrow(std::exception_ptr &error) { std::rethrow_exception(static_cast<std::exception_ptr &&>(error)); }

} // namespace snug::io::detail
