// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Errors of I/O that the system has no code for.
#ifndef SNUG_IO_ERROR_HPP
#define SNUG_IO_ERROR_HPP

#include <system_error>
#include <type_traits>

namespace snug::io {

/// Ends that are no failures of the system. A cancelled operation yields std::errc::operation_canceled.
enum class error {
  eof = 1,   ///< the other side has sent all it will send
  not_found, ///< a read ended before what it was to find
};

/// The category of error.
std::error_category const &error_category() noexcept;

/// Equal to `std::error_code()`, which calls the standard library for its category each time: to copy this is two loads.
/// Constructors of static objects may use it, too.
extern std::error_code const no_error;

inline std::error_code make_error_code(error e) noexcept { return {static_cast<int>(e), error_category()}; }

} // namespace snug::io

template <> struct std::is_error_code_enum<snug::io::error> : std::true_type {};

#endif
