// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Connections within one system.
#ifndef SNUG_IO_UNIX_STREAM_HPP
#define SNUG_IO_UNIX_STREAM_HPP

#include <snug/io/detail/connection.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/stream_socket.hpp>

#include <system_error>

namespace snug::io {

/// A Unix stream socket; everything else as in stream_socket.
class unix_stream : public stream_socket {
public:
  using endpoint_type = unix_endpoint;
  using connect_operation = detail::connect_operation<unix_endpoint>;

  /// Of no context, to be assigned to.
  unix_stream() = default;
  explicit unix_stream(io_context &context) noexcept : stream_socket(detail::socket_handle(context.loop())) {}
  explicit unix_stream(detail::socket_handle handle) noexcept : stream_socket(std::move(handle)) {}

  /// Connects, and opens the socket where it is not. errc::resource_unavailable_try_again where the listener's queue is
  /// full: the system does not tell when it is no more.
  connect_operation connect(unix_endpoint const &to);
};

/// Two sockets that are connected to each other: `auto [ec, a, b] = make_unix_pair(context);`
io_result<unix_stream, unix_stream> make_unix_pair(io_context &context) noexcept;
/// The same with an end in each of two contexts.
io_result<unix_stream, unix_stream> make_unix_pair(io_context &first, io_context &second) noexcept;

/// Listens, and accepts one connection after the other; as tcp_acceptor. The file of its name is the caller's to remove.
class unix_acceptor : public detail::acceptor<unix_stream> {
public:
  unix_acceptor() = default;
  explicit unix_acceptor(io_context &context) noexcept : acceptor(context.loop()) {}

  std::error_code listen(unix_endpoint const &at, int backlog = 4096) noexcept;
};

} // namespace snug::io

#endif
