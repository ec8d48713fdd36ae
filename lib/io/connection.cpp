// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Listening, accepting and connecting.
#include <snug/io/detail/connection.hpp>
#include <snug/io/tcp_acceptor.hpp>
#include <snug/io/tcp_socket.hpp>
#include <snug/io/unix_stream.hpp>

#include "event_loop.hpp"
#include "socket_address.hpp"
#include "system_calls.hpp"

#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>

namespace snug::io {
namespace detail {
namespace {

std::error_code last_error() noexcept { return {errno, std::system_category()}; }

// What was not opened yet is; what a coroutine waits for is left alone.
std::error_code open_for(socket_handle &handle, socket_address const &address) noexcept {
  if (address.size == 0) {
    return std::make_error_code(std::errc::filename_too_long);
  }
  return handle.is_open() ? std::error_code() : handle.open(address.family());
}

std::error_code listen(socket_handle &handle, socket_address const &at, int backlog) noexcept {
  if (handle.is_open()) {
    return std::make_error_code(std::errc::already_connected);
  }
  if (std::error_code const ec = open_for(handle, at)) {
    return ec;
  }
  int const reuse = 1;
  std::error_code ec;
  if (at.family() != AF_UNIX) {
    ec = handle.set_option(SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof(reuse));
  }
  if (!ec &&
      (::bind(handle.native_handle(), at.get(), at.size) != 0 || ::listen(handle.native_handle(), backlog) != 0)) {
    ec = last_error();
  }
  if (ec) {
    handle.close();
  }
  return ec;
}

io_result<tcp_endpoint> endpoint_by(int (*ask)(int, sockaddr *, socklen_t *), int fd) noexcept {
  socket_address address;
  if (ask(fd, address.get(), &address.size) != 0) {
    return {last_error(), {}};
  }
  return {{}, address.to_tcp()};
}
int local(int fd, sockaddr *to, socklen_t *size) { return ::getsockname(fd, to, size); }
int remote(int fd, sockaddr *to, socklen_t *size) { return ::getpeername(fd, to, size); }

} // namespace

// accept(2): of connections that failed before they were accepted it reports the error; there may be others.
bool accept_one(request &base, int fd) noexcept {
  auto &r =
      static_cast<accept_request &>(base); // base to derived, [expr.static.cast]/11: the function of an accept_request
  do {
    r.accepted = sys->accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  } while (r.accepted < 0 && (errno == EINTR || errno == ECONNABORTED || errno == EPROTO));
  r.drained = r.accepted < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
  if (r.accepted < 0 && !r.drained) {
    r.error = errno;
  }
  return !r.drained;
}

accept_request::~accept_request() {
  if (accepted >= 0) {
    sys->close(accepted);
  }
}

io_result<socket_handle> accept_request::take() noexcept {
  if (error != 0) {
    return {failure(error), {}};
  }
  socket_handle handle(*loop);
  std::error_code const ec = handle.assign(std::exchange(accepted, -1));
  return {ec, std::move(handle)};
}

template <class Endpoint>
connect_request<Endpoint>::connect_request(Endpoint const &endpoint, descriptor *d, std::error_code failed)
    : request(&connect, d), to(endpoint) {
  if (failed) {
    on = nullptr;
    error = failed.value();
  }
}

// Asks again to hear how it ended: connect(2).
template <class Endpoint> bool connect_request<Endpoint>::connect(request &base, int fd) noexcept {
  // Base to derived, [expr.static.cast]/11: only a connect_request has this function.
  auto &r = static_cast<connect_request &>(base);
  socket_address const address(r.to);
  for (;;) {
    r.drained = false;
    if (sys->connect(fd, address.get(), address.size) == 0 || (errno == EISCONN && r.begun)) {
      return true;
    }
    bool const interrupted = errno == EINTR;
    if (interrupted || errno == EINPROGRESS || errno == EALREADY) {
      r.begun = true;
      if (interrupted) {
        continue;
      }
      r.drained = true;
      return false;
    }
    r.error = errno;
    return true;
  }
}

template struct connect_request<tcp_endpoint>;
template struct connect_request<unix_endpoint>;

} // namespace detail

tcp_socket::connect_operation tcp_socket::connect(tcp_endpoint const &to) {
  std::error_code const ec = detail::open_for(handle_, detail::socket_address(to));
  return connect_operation(to, handle_.get(), ec);
}

io_result<tcp_endpoint> tcp_socket::local_endpoint() const noexcept {
  return detail::endpoint_by(&detail::local, native_handle());
}

io_result<tcp_endpoint> tcp_socket::remote_endpoint() const noexcept {
  return detail::endpoint_by(&detail::remote, native_handle());
}

std::error_code tcp_socket::set_no_delay(bool on) noexcept {
  int const value = on ? 1 : 0;
  return handle_.set_option(IPPROTO_TCP, TCP_NODELAY, &value, sizeof(value));
}

std::error_code tcp_socket::set_keep_alive(bool on) noexcept {
  int const value = on ? 1 : 0;
  return handle_.set_option(SOL_SOCKET, SO_KEEPALIVE, &value, sizeof(value));
}

std::error_code tcp_socket::set_reset_on_close(bool on) noexcept {
  linger const value{.l_onoff = on ? 1 : 0, .l_linger = 0};
  return handle_.set_option(SOL_SOCKET, SO_LINGER, &value, sizeof(value));
}

std::error_code tcp_acceptor::listen(tcp_endpoint const &at, int backlog) noexcept {
  return detail::listen(handle_, detail::socket_address(at), backlog);
}

io_result<tcp_endpoint> tcp_acceptor::local_endpoint() const noexcept {
  return detail::endpoint_by(&detail::local, native_handle());
}

unix_stream::connect_operation unix_stream::connect(unix_endpoint const &to) {
  std::error_code const ec = detail::open_for(handle_, detail::socket_address(to));
  return connect_operation(to, handle_.get(), ec);
}

std::error_code unix_acceptor::listen(unix_endpoint const &at, int backlog) noexcept {
  return detail::listen(handle_, detail::socket_address(at), backlog);
}

io_result<unix_stream, unix_stream> make_unix_pair(io_context &context) noexcept {
  return make_unix_pair(context, context);
}

io_result<unix_stream, unix_stream> make_unix_pair(io_context &first, io_context &second) noexcept {
  std::array<int, 2> fds;
  if (detail::sys->socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds.data()) != 0) {
    return {detail::last_error(), {}, {}};
  }
  detail::socket_handle a(first.loop());
  detail::socket_handle b(second.loop());
  std::error_code const ec_a = a.assign(fds[0]);
  std::error_code const ec_b = b.assign(fds[1]);
  return {ec_a ? ec_a : ec_b, unix_stream(std::move(a)), unix_stream(std::move(b))};
}

} // namespace snug::io
