// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Requests that make connections.
#ifndef SNUG_IO_DETAIL_CONNECTION_HPP
#define SNUG_IO_DETAIL_CONNECTION_HPP

#include <snug/io/detail/request.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/stream_socket.hpp>

#include <system_error>
#include <utility>

namespace snug::io::detail {

// lib/io/connection.cpp
request::function accept_one;

struct accept_request : request {
  explicit accept_request(socket_handle const &from) noexcept : request(&accept_one, from.get()), loop(from.loop()) {}
  accept_request(accept_request &&other) noexcept
      : request(other), loop(other.loop), accepted(std::exchange(other.accepted, -1)) {}
  ~accept_request();

  // The socket that was accepted, or why there is none.
  io_result<socket_handle> take() noexcept;

  event_loop *loop;
  int accepted = -1;
};

template <class Socket> class [[nodiscard]] accept_operation : public operation<accept_request, side::reading> {
public:
  using operation<accept_request, side::reading>::operation;

  io_result<Socket> await_resume() noexcept {
    this->resumed();
    auto [ec, handle] = this->take();
    return {ec, Socket(std::move(handle))};
  }
};

// What listens, whatever the addresses are.
template <class Socket> class acceptor {
public:
  using accept_operation = detail::accept_operation<Socket>;

  acceptor() = default;
  explicit acceptor(event_loop &loop) noexcept : handle_(loop) {}

  /// `auto [ec, socket] = co_await acceptor.accept();` The socket runs on the acceptor's context.
  accept_operation accept() noexcept { return accept_operation(handle_); }

  bool is_open() const noexcept { return handle_.is_open(); }
  std::error_code close() noexcept { return handle_.close(); }
  void cancel() noexcept { handle_.cancel(); }
  int native_handle() const noexcept { return handle_.native_handle(); }

protected:
  socket_handle handle_;
};

template <class Endpoint> struct connect_request : request {
  connect_request(Endpoint const &endpoint, descriptor *d, std::error_code failed);

  static bool connect(request &r, int fd) noexcept;

  Endpoint to;
  bool begun = false;
};

template <class Endpoint>
class [[nodiscard]] connect_operation : public operation<connect_request<Endpoint>, side::writing> {
public:
  using operation<connect_request<Endpoint>, side::writing>::operation;

  io_result<> await_resume() noexcept {
    this->resumed();
    return {this->code()};
  }
};

} // namespace snug::io::detail

#endif
