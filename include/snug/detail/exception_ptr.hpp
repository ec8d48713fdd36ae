// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Turns the error of a completion into an exception (AS-EXCEPT-PTR of [exec.general]).
#ifndef SNUG_DETAIL_EXCEPTION_PTR_HPP
#define SNUG_DETAIL_EXCEPTION_PTR_HPP

#include <snug/detail/error_code.hpp>
#include <snug/detail/traits.hpp>

#include <exception>

namespace snug::detail {

/// A std::exception_ptr itself, a std::system_error for a std::error_code, anything else as it is; what copying it
/// throws, where it cannot be copied.
template <class Error> std::exception_ptr as_exception_ptr(Error &&error) noexcept {
  using type = decay_t<Error>;
  if constexpr (is_same<type, std::exception_ptr>) {
    return static_cast<Error &&>(error);
  } else {
    try {
      if constexpr (detail::is_std_error_code<type>()) {
        detail::throw_error_code(&error);
      } else {
        throw static_cast<type>(static_cast<Error &&>(error));
      }
    } catch (...) {
      return std::current_exception();
    }
  }
}

} // namespace snug::detail

#endif
