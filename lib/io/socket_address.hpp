// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Endpoints as the system has them.
#ifndef SNUG_LIB_IO_SOCKET_ADDRESS_HPP
#define SNUG_LIB_IO_SOCKET_ADDRESS_HPP

#include <snug/io/endpoint.hpp>

#include <sys/socket.h>
#include <sys/un.h>

namespace snug::io::detail {

// Copied to and from the system's types, so that no object is read as another.
struct socket_address {
  socket_address() = default;
  explicit socket_address(tcp_endpoint const &endpoint) noexcept;
  // Of a name that is too long size is 0.
  explicit socket_address(unix_endpoint const &endpoint) noexcept;

  tcp_endpoint to_tcp() const noexcept;
  unix_endpoint to_unix() const;

  // The functions of the system take the address of a sockaddr, which only says what to read it as.
  sockaddr *get() noexcept { return reinterpret_cast<sockaddr *>(&storage); }
  sockaddr const *get() const noexcept { return reinterpret_cast<sockaddr const *>(&storage); }
  int family() const noexcept { return storage.ss_family; }

  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
};

} // namespace snug::io::detail

#endif
