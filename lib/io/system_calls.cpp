// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The table of the system calls as the system has them.
#include "system_calls.hpp"

#include <cerrno>
#include <climits>
#include <sys/eventfd.h>
#include <unistd.h>

namespace snug::io::detail {
namespace {

// Kernels before 5.11 know whole milliseconds only; who waits must not be woken too early, over and over again.
int wait_for_events(int epoll, epoll_event *events, int most, timespec const *timeout, sigset_t const *signals) {
  int const count = ::epoll_pwait2(epoll, events, most, timeout, signals);
  if (count >= 0 || errno != ENOSYS) {
    return count;
  }
  int milliseconds = -1;
  if (timeout != nullptr) {
    auto const whole = timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000;
    milliseconds = whole < INT_MAX ? static_cast<int>(whole) : INT_MAX;
  }
  return ::epoll_pwait(epoll, events, most, milliseconds, signals);
}

} // namespace

system_calls const real_system_calls{
    .socket = &::socket,
    .socketpair = &::socketpair,
    .accept4 = [](int listening, sockaddr *from, socklen_t *size,
                  int flags) { return ::accept4(listening, from, size, flags); },
    .connect = [](int socket, sockaddr const *to, socklen_t size) { return ::connect(socket, to, size); },
    .recv = &::recv,
    .recvmsg = &::recvmsg,
    .send = &::send,
    .sendmsg = &::sendmsg,
    .poll = &::poll,
    .shutdown = &::shutdown,
    .close = &::close,
    .epoll_create1 = &::epoll_create1,
    .epoll_ctl = &::epoll_ctl,
    .epoll_pwait2 = &wait_for_events,
    .eventfd = &::eventfd,
    .getaddrinfo = &::getaddrinfo,
};

constinit system_calls const *sys = &real_system_calls;

} // namespace snug::io::detail
