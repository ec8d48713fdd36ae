// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where a socket is bound or connected to.
#ifndef SNUG_IO_ENDPOINT_HPP
#define SNUG_IO_ENDPOINT_HPP

#include <snug/io/ip_address.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <utility>

namespace snug::io {

/// An address and a port; port 0 lets the system choose one.
///
/// State:      28 bytes, held by io/sizes_test.cpp.
struct tcp_endpoint {
  ip_address address;
  std::uint16_t port = 0;

  /// 127.0.0.1:80, [::1]:80
  std::string to_string() const;

  friend constexpr auto operator<=>(tcp_endpoint const &, tcp_endpoint const &) = default;
};

/// The name of a Unix socket: a path, a name without a file where its first character is '\0' (Linux), or nothing for a
/// socket that was not bound.
struct unix_endpoint {
  std::string path;

  friend auto operator<=>(unix_endpoint const &, unix_endpoint const &) = default;
};

} // namespace snug::io

#endif
