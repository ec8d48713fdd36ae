// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What tests of sockets share: connected pairs, and running a task to its end.
#ifndef SNUG_UNITTESTS_IO_IO_SUPPORT_HPP
#define SNUG_UNITTESTS_IO_IO_SUPPORT_HPP

#include <snug/io.hpp>
#include <snug/io/async_run.hpp>
#include <snug/io/task.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

#include <dirent.h>

namespace snug_test {

using namespace snug::io;

// Far longer than anything takes: only what hangs gets there.
inline constexpr std::chrono::seconds eternity{60};

// Runs until nothing is left; false where something hangs.
inline bool finishes(io_context &context) {
  context.run_for(eternity);
  bool const done = context.stopped();
  context.restart();
  return done;
}

struct unix_pair {
  explicit unix_pair(io_context &context) {
    auto made = make_unix_pair(context);
    EXPECT_FALSE(made.ec) << made.ec.message();
    a = std::move(made.first);
    b = std::move(made.second);
  }
  unix_stream a;
  unix_stream b;
};

// Both ends of a TCP connection over loopback.
struct tcp_pair {
  explicit tcp_pair(io_context &context) : a(context) {
    tcp_acceptor acceptor(context);
    EXPECT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
    async_run(context.get_executor(), accept_one(acceptor));
    async_run(context.get_executor(), connect_to(acceptor.local_endpoint().value));
    EXPECT_TRUE(finishes(context));
  }
  task<> accept_one(tcp_acceptor &acceptor) {
    auto accepted = co_await acceptor.accept();
    EXPECT_FALSE(accepted.ec) << accepted.ec.message();
    b = std::move(accepted.value);
  }
  task<> connect_to(tcp_endpoint to) {
    auto const connected = co_await a.connect(to);
    EXPECT_FALSE(connected.ec) << connected.ec.message();
  }
  tcp_socket a;
  tcp_socket b;
};

// Bytes that tell their place.
inline std::string pattern(std::size_t size, unsigned seed = 1) {
  std::string bytes(size, '\0');
  for (char &byte : bytes) {
    seed = seed * 1664525u + 1013904223u;
    byte = static_cast<char>(seed >> 24);
  }
  return bytes;
}

inline std::size_t open_descriptors() {
  std::size_t count = 0;
  DIR *const folder = ::opendir("/proc/self/fd");
  while (::readdir(folder) != nullptr) {
    ++count;
  }
  ::closedir(folder);
  return count;
}

// Work that is the function.
template <class F> struct job : work {
  explicit job(F function) : work{nullptr, &call}, f(std::move(function)) {}
  static void call(work *w) noexcept { static_cast<job *>(w)->f(); }
  F f;
};

} // namespace snug_test

#endif
