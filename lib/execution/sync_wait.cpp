// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What sync_wait throws for a std::error_code.
#include <snug/detail/error_code.hpp>

#include <system_error>

namespace snug::detail {

void throw_error_code(void const *error_code) {
  throw std::system_error(*static_cast<std::error_code const *>(error_code));
}

} // namespace snug::detail
