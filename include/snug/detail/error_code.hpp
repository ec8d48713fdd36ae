// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Recognises std::error_code by name: <system_error> would cost more than all of <snug/execution.hpp>.
#ifndef SNUG_DETAIL_ERROR_CODE_HPP
#define SNUG_DETAIL_ERROR_CODE_HPP

#include <cstddef>

namespace snug::detail {

template <class Error> consteval bool is_std_error_code() {
  constexpr char expected[] = "= std::error_code]";
  char const *const function = __PRETTY_FUNCTION__;
  std::size_t size = 0;
  while (function[size] != '\0') {
    ++size;
  }
  constexpr std::size_t length = sizeof(expected) - 1;
  if (size < length) {
    return false;
  }
  for (std::size_t i = 0; i != length; ++i) {
    if (function[size - length + i] != expected[i]) {
      return false;
    }
  }
  return true;
}

/// Throws the std::system_error for a std::error_code.
[[noreturn]] void throw_error_code(void const *error_code);

} // namespace snug::detail

#endif
