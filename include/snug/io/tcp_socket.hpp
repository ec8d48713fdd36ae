// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// TCP connections.
#ifndef SNUG_IO_TCP_SOCKET_HPP
#define SNUG_IO_TCP_SOCKET_HPP

#include <snug/io/detail/connection.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/stream_socket.hpp>

#include <chrono>

namespace snug::io {

/// A TCP connection; everything else as in stream_socket.
class tcp_socket : public stream_socket {
public:
  using endpoint_type = tcp_endpoint;
  using connect_operation = detail::connect_operation<tcp_endpoint>;

  /// Of no context, to be assigned to.
  tcp_socket() = default;
  explicit tcp_socket(io_context &context) noexcept : stream_socket(detail::socket_handle(context.loop())) {}
  explicit tcp_socket(detail::socket_handle handle) noexcept : stream_socket(std::move(handle)) {}

  /// Connects, and opens the socket where it is not: `auto [ec] = co_await s.connect({ip_address::loopback_v4(), port});`
  /// After an error, close() it before the next attempt.
  connect_operation connect(tcp_endpoint const &to);

  /// This side's end of the connection, and the other side's.
  io_result<tcp_endpoint> local_endpoint() const noexcept;
  io_result<tcp_endpoint> remote_endpoint() const noexcept;

  /// Whether little is sent at once instead of waiting for more.
  std::error_code set_no_delay(bool on) noexcept;
  /// Whether the system finds out, in time, that the other side is gone.
  std::error_code set_keep_alive(bool on) noexcept;
  /// Whether close() discards what was not sent, and resets the connection.
  std::error_code set_reset_on_close(bool on) noexcept;
};

} // namespace snug::io

#endif
