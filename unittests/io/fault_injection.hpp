// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// System calls that fail, or do less than they could, as often as a test wants.
#ifndef SNUG_UNITTESTS_IO_FAULT_INJECTION_HPP
#define SNUG_UNITTESTS_IO_FAULT_INJECTION_HPP

#include "../../lib/io/system_calls.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include <unistd.h>

namespace snug_test {

namespace lib = snug::io::detail;

// Takes the place of the system while it lives; one at a time. What a fault leaves in the system, the system has told of
// already: the fault tells it again, as new bytes would.
class fault_injection {
public:
  fault_injection() {
    current = this;
    lib::sys = &table;
  }
  fault_injection(fault_injection &&) = delete;
  ~fault_injection() {
    lib::sys = &lib::real_system_calls;
    current = nullptr;
  }

  // Of this many calls one is interrupted, would block, or moves less than it could; 0 for none.
  std::atomic<unsigned> interrupted{0};
  std::atomic<unsigned> would_block{0};
  std::atomic<unsigned> partial{0};
  // So many more descriptors can be made.
  std::atomic<int> descriptors{1 << 30};
  // Errors of the next calls of each kind; 0 for none.
  std::atomic<int> receive_error{0};
  std::atomic<int> send_error{0};
  std::atomic<int> accept_error{0};
  std::atomic<int> watch_error{0};
  std::atomic<int> poll_error{0};
  std::atomic<int> resolve_error{0};

  // Called once, on the way into the next call that receives.
  std::function<void()> in_receive;

  // While it is true, names are not looked up to the end.
  std::atomic<bool> resolve_gate{false};

  std::atomic<unsigned> injected{0}; // faults so far

private:
  struct watched {
    int epoll;
    epoll_event event;
  };

  bool draws(std::atomic<unsigned> const &one_of) noexcept {
    unsigned const n = one_of.load(std::memory_order_relaxed);
    if (n == 0) {
      return false;
    }
    // xorshift over a counter that threads share
    std::uint64_t x = (lot_.fetch_add(1, std::memory_order_relaxed) + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 31;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 29;
    if (x % n != 0) {
      return false;
    }
    ++injected;
    return true;
  }

  void tell_again(int fd) {
    std::lock_guard const lock(mutex_);
    if (auto const found = watched_.find(fd); found != watched_.end()) {
      ::epoll_ctl(found->second.epoll, EPOLL_CTL_MOD, fd, &found->second.event);
    }
  }

  // Whether the call fails without the system being asked.
  bool fails(int fd, std::atomic<int> &error) {
    if (int const e = error.exchange(0)) {
      ++injected;
      errno = e;
      return true;
    }
    if (draws(interrupted)) {
      errno = EINTR;
      return true;
    }
    if (draws(would_block)) {
      tell_again(fd);
      errno = EAGAIN;
      return true;
    }
    return false;
  }
  bool exhausted() noexcept {
    if (descriptors.fetch_sub(1) > 0) {
      return false;
    }
    descriptors.fetch_add(1);
    ++injected;
    errno = EMFILE;
    return true;
  }

  static ssize_t receive(int fd, void *bytes, std::size_t size, int flags) {
    if (current->in_receive) {
      std::exchange(current->in_receive, nullptr)();
    }
    if (current->receive_error == EAGAIN) {
      current->tell_again(fd);
    }
    if (current->fails(fd, current->receive_error)) {
      return -1;
    }
    bool const cut = size > 1 && current->draws(current->partial);
    ssize_t const n = ::recv(fd, bytes, cut ? (size + 2) / 3 : size, flags);
    int const error = errno;
    if (cut) {
      current->tell_again(fd);
    }
    errno = error;
    return n;
  }
  static ssize_t send(int fd, void const *bytes, std::size_t size, int flags) {
    if (current->fails(fd, current->send_error)) {
      return -1;
    }
    bool const cut = size > 1 && current->draws(current->partial);
    ssize_t const n = ::send(fd, bytes, cut ? (size + 2) / 3 : size, flags);
    int const error = errno;
    if (cut) {
      current->tell_again(fd);
    }
    errno = error;
    return n;
  }
  // Of several buffers the first alone.
  static ssize_t receive_message(int fd, msghdr *message, int flags) {
    if (current->draws(current->partial) && message->msg_iovlen > 1) {
      ssize_t const n = receive(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len, flags);
      int const error = errno;
      current->tell_again(fd);
      errno = error;
      return n;
    }
    return current->fails(fd, current->receive_error) ? -1 : ::recvmsg(fd, message, flags);
  }
  static ssize_t send_message(int fd, msghdr const *message, int flags) {
    if (current->draws(current->partial) && message->msg_iovlen > 1) {
      ssize_t const n = send(fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len, flags);
      int const error = errno;
      current->tell_again(fd);
      errno = error;
      return n;
    }
    return current->fails(fd, current->send_error) ? -1 : ::sendmsg(fd, message, flags);
  }
  static int accept(int fd, sockaddr *from, socklen_t *size, int flags) {
    if (current->fails(fd, current->accept_error) || current->exhausted()) {
      return -1;
    }
    int const accepted = ::accept4(fd, from, size, flags);
    if (accepted < 0) {
      current->descriptors.fetch_add(1);
    }
    return accepted;
  }
  static int ask(pollfd *asked, nfds_t count, int milliseconds) {
    if (current->fails(asked->fd, current->poll_error)) {
      return errno == EAGAIN ? 0 : -1;
    }
    return ::poll(asked, count, milliseconds);
  }
  static int connect(int fd, sockaddr const *to, socklen_t size) {
    if (current->draws(current->interrupted)) {
      errno = EINTR;
      return -1;
    }
    return ::connect(fd, to, size);
  }
  static int make_socket(int domain, int type, int protocol) {
    return current->exhausted() ? -1 : ::socket(domain, type, protocol);
  }
  static int make_pair(int domain, int type, int protocol, int *two) {
    return current->exhausted() ? -1 : ::socketpair(domain, type, protocol, two);
  }
  static int make_epoll(int flags) { return current->exhausted() ? -1 : ::epoll_create1(flags); }
  static int make_event(unsigned value, int flags) {
    return current->exhausted() ? -1 : lib::real_system_calls.eventfd(value, flags);
  }
  static int control(int epoll, int what, int fd, epoll_event *event) {
    if (int const e = event->data.ptr != nullptr ? current->watch_error.exchange(0) : 0) {
      ++current->injected;
      errno = e;
      return -1;
    }
    std::lock_guard const lock(current->mutex_);
    if (what == EPOLL_CTL_ADD) {
      current->watched_[fd] = {epoll, *event};
    }
    return ::epoll_ctl(epoll, what, fd, event);
  }
  static int wait(int epoll, epoll_event *events, int most, timespec const *timeout, sigset_t const *signals) {
    if (current->draws(current->interrupted)) {
      errno = EINTR;
      return -1;
    }
    return lib::real_system_calls.epoll_pwait2(epoll, events, most, timeout, signals);
  }
  static int close(int fd) {
    {
      std::lock_guard const lock(current->mutex_);
      current->watched_.erase(fd);
    }
    return ::close(fd);
  }
  static int resolve(char const *host, char const *service, addrinfo const *hints, addrinfo **found) {
    if ((hints->ai_flags & AI_NUMERICHOST) == 0) {
      current->resolve_gate.wait(true);
      if (int const e = current->resolve_error.exchange(0)) {
        ++current->injected;
        return e;
      }
    }
    return ::getaddrinfo(host, service, hints, found);
  }

  static inline fault_injection *current = nullptr;
  static constexpr lib::system_calls table{
      .socket = &make_socket,
      .socketpair = &make_pair,
      .accept4 = &accept,
      .connect = &connect,
      .recv = &receive,
      .recvmsg = &receive_message,
      .send = &send,
      .sendmsg = &send_message,
      .poll = &ask,
      .shutdown = &::shutdown,
      .close = &close,
      .epoll_create1 = &make_epoll,
      .epoll_ctl = &control,
      .epoll_pwait2 = &wait,
      .eventfd = &make_event,
      .getaddrinfo = &resolve,
  };

  std::atomic<std::uint64_t> lot_{0};
  std::mutex mutex_;
  std::map<int, watched> watched_;
};

} // namespace snug_test

#endif
