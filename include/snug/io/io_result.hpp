// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an I/O operation yields: an error code and, beside it, what was done.
#ifndef SNUG_IO_IO_RESULT_HPP
#define SNUG_IO_IO_RESULT_HPP

#include <system_error>

namespace snug::io {

/// The result of an I/O operation: `auto [ec, n] = co_await socket.read_some(buffer);`.
///
/// What was done holds beside an error, too: `n` bytes were read before the end of the file.
/// State:      16 bytes and the values (x86-64, Itanium ABI).
template <class... Ts> struct io_result;

template <> struct [[nodiscard]] io_result<> {
  std::error_code ec;

  friend bool operator==(io_result const &, io_result const &) = default;
};
template <class T> struct [[nodiscard]] io_result<T> {
  std::error_code ec;
  T value{};

  friend bool operator==(io_result const &, io_result const &) = default;
};
template <class T, class U> struct [[nodiscard]] io_result<T, U> {
  std::error_code ec;
  T first{};
  U second{};

  friend bool operator==(io_result const &, io_result const &) = default;
};

} // namespace snug::io

#endif
