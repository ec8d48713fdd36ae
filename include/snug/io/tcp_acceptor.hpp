// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where TCP connections come in.
#ifndef SNUG_IO_TCP_ACCEPTOR_HPP
#define SNUG_IO_TCP_ACCEPTOR_HPP

#include <snug/io/detail/connection.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/tcp_socket.hpp>

#include <system_error>

namespace snug::io {

/// Listens, and accepts one connection after the other.
///
/// State:      16 bytes, as in stream_socket; no allocation to wait, one for a connection, in memory that is used again.
/// Threads:    one coroutine accepts at a time; otherwise as stream_socket.
/// Errors:     those of the system. After errc::too_many_files_open the connections are still there: close something, or
///             wait, and accept again. Connections that were given up before they were accepted are passed over.
class tcp_acceptor : public detail::acceptor<tcp_socket> {
public:
  tcp_acceptor() = default;
  explicit tcp_acceptor(io_context &context) noexcept : acceptor(context.loop()) {}

  /// Binds and listens. The port may be used again at once after an earlier listener is gone.
  std::error_code listen(tcp_endpoint const &at, int backlog = 4096) noexcept;

  /// Where it listens: with the port that the system has chosen.
  io_result<tcp_endpoint> local_endpoint() const noexcept;
};

} // namespace snug::io

#endif
