// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which exceptions say that an operation was cancelled.
#include <snug/io/sender.hpp>

#include <exception>
#include <system_error>

namespace snug::io::detail {

bool is_cancellation(std::exception_ptr const &error) noexcept {
  try {
    std::rethrow_exception(error);
  } catch (std::system_error const &cancelled) {
    return cancelled.code() == std::errc::operation_canceled;
  } catch (...) {
    return false;
  }
}

} // namespace snug::io::detail
