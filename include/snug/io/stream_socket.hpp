// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What TCP and Unix sockets have in common once they are connected.
#ifndef SNUG_IO_STREAM_SOCKET_HPP
#define SNUG_IO_STREAM_SOCKET_HPP

#include <snug/io/buffer.hpp>
#include <snug/io/detail/request.hpp>
#include <snug/io/detail/transfer.hpp>
#include <snug/io/error.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/io_result.hpp>

#include <cstddef>
#include <system_error>
#include <utility>

namespace snug::io {

/// Which direction of a connection ends.
enum class shutdown_side {
  receive, ///< nothing is read any more
  send,    ///< the other side reads the end of the file once it has read what was sent
  both,
};

namespace detail {

// Owns a descriptor of the loop: what sockets and acceptors have in common.
class socket_handle {
public:
  socket_handle() = default;
  explicit socket_handle(event_loop &loop) noexcept : loop_(&loop) {}
  socket_handle(event_loop &loop, descriptor *d) noexcept : loop_(&loop), descriptor_(d) {}
  socket_handle(socket_handle &&other) noexcept
      : loop_(other.loop_), descriptor_(std::exchange(other.descriptor_, nullptr)) {}
  socket_handle &operator=(socket_handle other) noexcept {
    std::swap(loop_, other.loop_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~socket_handle() { abandon(); }

  bool is_open() const noexcept { return native_handle() >= 0; }
  int native_handle() const noexcept;
  std::error_code close() noexcept;
  int release() noexcept;
  void cancel() noexcept;
  void abandon() noexcept;
  std::error_code open(int family) noexcept;
  // Owns the number from here on, even where it fails.
  std::error_code assign(int fd) noexcept;
  std::error_code set_option(int level, int option, void const *value, std::size_t size) noexcept;

  event_loop *loop() const noexcept { return loop_; }
  descriptor *get() const noexcept { return descriptor_; }

private:
  event_loop *loop_ = nullptr;
  descriptor *descriptor_ = nullptr;
};

} // namespace detail

/// A connected stream of bytes: reads, writes, and ends in both directions independently of each other.
///
/// Buffers are one buffer or a sequence; sequences that are lvalues are referred to, others kept, until the operation is
/// done. The bytes stay in place until then. What can be done at once is done without suspending.
/// State:      16 bytes: the context, and the implementation that the context owns; held by io/sizes_test.cpp. The state
///             of operations is in there: they allocate nothing.
/// Threads:    one coroutine reads while another one writes, on any threads; cancel() may be called on any thread. close(),
///             moving and destroying are for one thread, while no operation is being started.
/// Lifetime:   may be closed, moved or destroyed while coroutines wait: closing and destroying cancel. Outlived by the
///             context, or of no use after it.
/// Errors:     those of the system; error::eof; errc::operation_canceled by cancel(), close(), the stop token or the end
///             of the context; errc::bad_file_descriptor where it is not open.
/// Complexity: one system call to read or write what is there; another operation is not started before the system said
///             that it would not block.
class stream_socket {
public:
  bool is_open() const noexcept { return handle_.is_open(); }
  /// Cancels what waits, and gives the descriptor back.
  std::error_code close() noexcept { return handle_.close(); }
  /// Lets the operations that wait end with errc::operation_canceled.
  void cancel() noexcept { handle_.cancel(); }
  /// Ends one direction, or both; the other one goes on.
  std::error_code shutdown(shutdown_side which) noexcept;

  /// What the system calls it; -1 where it is not open. Closing is left to the socket.
  int native_handle() const noexcept { return handle_.native_handle(); }
  /// Cancels, and leaves the descriptor to the caller; it does not block.
  int release() noexcept { return handle_.release(); }

  /// Sizes of the system's buffers.
  std::error_code set_receive_buffer_size(int bytes) noexcept;
  std::error_code set_send_buffer_size(int bytes) noexcept;

  class wait_operation;
  /// Waits until read_some would not: for bytes, the end of the file or an error, which the next read reports.
  ///
  /// A connection that waits for its next message this way needs no buffer until there is something to put into it.
  wait_operation wait_readable() noexcept;

  /// Reads what is there, one byte at least: `auto [ec, n] = co_await s.read_some(buffer(bytes));`
  template <class Buffers>
    requires mutable_buffer_sequence<std::remove_cvref_t<Buffers>>
  auto read_some(Buffers &&buffers) noexcept {
    return reading<Buffers>(&detail::read_some, static_cast<Buffers &&>(buffers));
  }
  /// Reads until the buffers are full; beside an error n says how much was read.
  template <class Buffers>
    requires mutable_buffer_sequence<std::remove_cvref_t<Buffers>>
  auto read(Buffers &&buffers) noexcept {
    return reading<Buffers>(&detail::read_all, static_cast<Buffers &&>(buffers));
  }
  /// Writes as much as the system takes, one byte at least.
  template <class Buffers>
    requires const_buffer_sequence<std::remove_cvref_t<Buffers>>
  auto write_some(Buffers &&buffers) noexcept {
    return writing<Buffers>(&detail::write_some, static_cast<Buffers &&>(buffers));
  }
  /// Writes all; beside an error n says how much the system took.
  template <class Buffers>
    requires const_buffer_sequence<std::remove_cvref_t<Buffers>>
  auto write(Buffers &&buffers) noexcept {
    return writing<Buffers>(&detail::write_all, static_cast<Buffers &&>(buffers));
  }
  /// Writes all, and ends this direction.
  template <class Buffers>
    requires const_buffer_sequence<std::remove_cvref_t<Buffers>>
  auto write_eof(Buffers &&buffers) noexcept {
    return writing<Buffers>(&detail::write_all_and_end, static_cast<Buffers &&>(buffers));
  }
  class end_operation;
  /// Ends this direction.
  end_operation write_eof() noexcept;

protected:
  stream_socket() = default;
  explicit stream_socket(detail::socket_handle handle) noexcept : handle_(std::move(handle)) {}
  stream_socket(stream_socket &&) = default;
  stream_socket &operator=(stream_socket &&) = default;
  ~stream_socket() = default;

  detail::socket_handle handle_;

private:
  template <class Buffers> auto reading(detail::request::function *f, Buffers &&buffers) noexcept {
    return detail::transfer_operation<Buffers, detail::side::reading>(f, handle_.get(),
                                                                      static_cast<Buffers &&>(buffers));
  }
  template <class Buffers> auto writing(detail::request::function *f, Buffers &&buffers) noexcept {
    return detail::transfer_operation<Buffers, detail::side::writing>(f, handle_.get(),
                                                                      static_cast<Buffers &&>(buffers));
  }
};

/// What write_eof() without buffers returns.
class [[nodiscard]] stream_socket::end_operation : public detail::operation<detail::transfer, detail::side::writing> {
public:
  explicit end_operation(detail::descriptor *d) noexcept : operation(&detail::write_all_and_end, d) {}
  io_result<> await_resume() noexcept {
    resumed();
    return {code()};
  }
};

/// What wait_readable() returns.
class [[nodiscard]] stream_socket::wait_operation : public detail::operation<detail::request, detail::side::reading> {
public:
  explicit wait_operation(detail::descriptor *d) noexcept : operation(&detail::become_readable, d) {}
  io_result<> await_resume() noexcept {
    resumed();
    return {code()};
  }
};

inline stream_socket::wait_operation stream_socket::wait_readable() noexcept { return wait_operation(handle_.get()); }
inline stream_socket::end_operation stream_socket::write_eof() noexcept { return end_operation(handle_.get()); }

} // namespace snug::io

#endif
