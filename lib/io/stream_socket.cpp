// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Opening, closing and configuring sockets.
#include <snug/io/stream_socket.hpp>

#include "event_loop.hpp"
#include "system_calls.hpp"
#include <snug/detail/assert.hpp>

#include <cerrno>

namespace snug::io {
namespace {

std::error_code code(int result) noexcept {
  return result == 0 ? std::error_code() : std::error_code(errno, std::system_category());
}

} // namespace

namespace detail {

int socket_handle::native_handle() const noexcept { return descriptor_ == nullptr ? -1 : descriptor_->fd; }

std::error_code socket_handle::close() noexcept {
  int const error = descriptor_ == nullptr ? 0 : descriptor_->close();
  abandon(); // who waits is told, and needs the old state until then
  return error == 0 ? std::error_code() : failure(error);
}

int socket_handle::release() noexcept {
  int const fd = descriptor_ == nullptr ? -1 : descriptor_->release();
  if (fd >= 0 && descriptor_->watched) {
    descriptor_->loop->forget(fd);
  }
  abandon();
  return fd;
}

void socket_handle::cancel() noexcept {
  if (descriptor_ != nullptr) {
    descriptor_->cancel();
  }
}

void socket_handle::abandon() noexcept {
  if (descriptor_ != nullptr) {
    std::exchange(descriptor_, nullptr)->abandon();
  }
}

std::error_code socket_handle::open(int family) noexcept {
  SNUG_ASSERT(loop_ != nullptr, "a socket is opened that was made without an io_context");
  int const fd = sys->socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  return fd < 0 ? code(fd) : assign(fd);
}

std::error_code socket_handle::assign(int fd) noexcept {
  close();
  descriptor_ = loop_->make_descriptor(fd);
  if (descriptor_ == nullptr) {
    sys->close(fd);
    return std::make_error_code(std::errc::not_enough_memory);
  }
  return {};
}

std::error_code socket_handle::set_option(int level, int option, void const *value, std::size_t size) noexcept {
  return code(::setsockopt(native_handle(), level, option, value, static_cast<socklen_t>(size)));
}

} // namespace detail

std::error_code stream_socket::shutdown(shutdown_side which) noexcept {
  int const how = which == shutdown_side::receive ? SHUT_RD : which == shutdown_side::send ? SHUT_WR : SHUT_RDWR;
  return code(detail::sys->shutdown(native_handle(), how));
}

std::error_code stream_socket::set_receive_buffer_size(int bytes) noexcept {
  return handle_.set_option(SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
}

std::error_code stream_socket::set_send_buffer_size(int bytes) noexcept {
  return handle_.set_option(SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
}

} // namespace snug::io
