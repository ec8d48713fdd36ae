// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The system calls of the I/O part, in a table, so that tests can put faults in their place.
#ifndef SNUG_LIB_IO_SYSTEM_CALLS_HPP
#define SNUG_LIB_IO_SYSTEM_CALLS_HPP

#include <ctime>
#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace snug::io::detail {

// Each as the function of that name in POSIX or Linux: errors in errno.
struct system_calls {
  int (*socket)(int domain, int type, int protocol);
  int (*socketpair)(int domain, int type, int protocol, int *two);
  int (*accept4)(int listening, sockaddr *from, socklen_t *size, int flags);
  int (*connect)(int socket, sockaddr const *to, socklen_t size);
  ssize_t (*recv)(int socket, void *bytes, std::size_t size, int flags);
  ssize_t (*recvmsg)(int socket, msghdr *message, int flags);
  ssize_t (*send)(int socket, void const *bytes, std::size_t size, int flags);
  ssize_t (*sendmsg)(int socket, msghdr const *message, int flags);
  int (*poll)(pollfd *asked, nfds_t count, int milliseconds);
  int (*shutdown)(int socket, int how);
  int (*close)(int descriptor);
  int (*epoll_create1)(int flags);
  int (*epoll_ctl)(int epoll, int what, int descriptor, epoll_event *event);
  int (*epoll_pwait2)(int epoll, epoll_event *events, int most, timespec const *timeout, sigset_t const *signals);
  int (*eventfd)(unsigned value, int flags);
  int (*getaddrinfo)(char const *host, char const *service, addrinfo const *hints, addrinfo **found);
};

extern system_calls const real_system_calls;

// What the I/O part calls. Changed by tests alone, while no other thread uses it.
extern constinit system_calls const *sys;

} // namespace snug::io::detail

#endif
