// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The system calls of streams. A transfer that is cut short says that the system has no more, or takes no more, for now:
// there is no need to ask once more to hear that it would block (epoll(7), question 9).
#include "system_calls.hpp"
#include <snug/io/detail/transfer.hpp>
#include <snug/io/error.hpp>

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/uio.h>

namespace snug::io::detail {
namespace {

// What one system call can be given.
struct pieces {
  pieces(transfer const &t, std::size_t skip) noexcept {
    if (!t.is_sequence) {
      count = t.size != skip ? 1 : 0;
      buffers[0] = const_buffer(t.data, t.size) + skip;
    } else {
      count = t.fill(t.data, skip, buffers.data(), buffers.size());
    }
    for (std::size_t i = 0; i != count; ++i) {
      size += buffers[i].size();
    }
  }

  std::array<const_buffer, 16> buffers;
  std::size_t count;
  std::size_t size = 0;
};

// Buffers to read into were not const where they came from.
void *writable(const_buffer b) noexcept { return const_cast<void *>(b.data()); }

class message {
public:
  explicit message(pieces const &p) noexcept {
    for (std::size_t i = 0; i != p.count; ++i) {
      places_[i] = {writable(p.buffers[i]), p.buffers[i].size()};
    }
    header_.msg_iov = places_.data();
    header_.msg_iovlen = p.count;
  }
  msghdr *header() noexcept { return &header_; }

private:
  std::array<iovec, 16> places_;
  msghdr header_{};
};

ssize_t receive(int fd, pieces const &p) noexcept {
  if (p.count == 1) {
    return sys->recv(fd, writable(p.buffers[0]), p.size, 0);
  }
  return sys->recvmsg(fd, message(p).header(), 0);
}

ssize_t send(int fd, pieces const &p) noexcept {
  if (p.count == 1) {
    return sys->send(fd, p.buffers[0].data(), p.size, MSG_NOSIGNAL);
  }
  return sys->sendmsg(fd, message(p).header(), MSG_NOSIGNAL);
}

enum class extent : bool { some, all };

// Whether the transfer is done. Only what is read comes to an end: nothing is written as 0 bytes.
template <extent Extent> bool move_bytes(request &base, int fd, ssize_t (*call)(int, pieces const &)) noexcept {
  auto &t = static_cast<transfer &>(base); // base to derived, [expr.static.cast]/11: f of a transfer
  for (;;) {
    pieces const p(t, t.done);
    if (p.count == 0) {
      t.drained = false;
      return true;
    }
    ssize_t const n = call(fd, p);
    if (n < 0) {
      if (errno == EINTR) {
        continue;
      }
      t.drained = errno == EAGAIN || errno == EWOULDBLOCK;
      if (!t.drained) {
        t.error = errno;
      }
      return !t.drained;
    }
    t.done += static_cast<std::size_t>(n);
    t.drained = static_cast<std::size_t>(n) < p.size;
    if (n == 0) {
      t.drained = false;
      t.error = end_of_file;
      return true;
    }
    if constexpr (Extent == extent::some) {
      return true;
    } else if (t.drained && !t.exhaust) {
      return false;
    }
  }
}

} // namespace

bool become_readable(request &r, int fd) noexcept {
  pollfd asked{.fd = fd, .events = POLLIN | POLLPRI | POLLRDHUP, .revents = 0};
  int count;
  do {
    count = sys->poll(&asked, 1, 0);
  } while (count < 0 && errno == EINTR);
  r.drained = count == 0;
  if (count < 0) {
    r.error = errno;
  }
  return !r.drained;
}

bool read_some(request &r, int fd) noexcept { return move_bytes<extent::some>(r, fd, &receive); }
bool read_all(request &r, int fd) noexcept { return move_bytes<extent::all>(r, fd, &receive); }
bool write_some(request &r, int fd) noexcept { return move_bytes<extent::some>(r, fd, &send); }
bool write_all(request &r, int fd) noexcept { return move_bytes<extent::all>(r, fd, &send); }

bool write_all_and_end(request &r, int fd) noexcept {
  if (!write_all(r, fd)) {
    return false;
  }
  if (r.error == 0 && sys->shutdown(fd, SHUT_WR) != 0) {
    r.error = errno;
  }
  return true;
}

std::error_code failure(int error) noexcept {
  return error == end_of_file ? make_error_code(error::eof) : std::error_code(error, std::system_category());
}

} // namespace snug::io::detail
