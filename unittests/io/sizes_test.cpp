// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The sizes that the headers state (x86-64, Itanium ABI).
#include <snug/io/endpoint.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/resolver.hpp>
#include <snug/io/steady_timer.hpp>
#include <snug/io/strand.hpp>
#include <snug/io/tcp_acceptor.hpp>
#include <snug/io/tcp_socket.hpp>
#include <snug/io/unix_stream.hpp>
#include <snug/io/with_timeout.hpp>

#include <gtest/gtest.h>

namespace {

using namespace snug::io;

TEST(Sizes, AreAsStated) {
  if constexpr (sizeof(void *) == 8) {
    EXPECT_EQ(sizeof(io_context), 8u);
    EXPECT_EQ(sizeof(io_context::executor), 16u);
    EXPECT_EQ(sizeof(strand), 16u);
    EXPECT_EQ(sizeof(tcp_socket), 16u);
    EXPECT_EQ(sizeof(unix_stream), 16u);
    EXPECT_EQ(sizeof(tcp_acceptor), 16u);
    EXPECT_EQ(sizeof(resolver), 8u);
    EXPECT_EQ(sizeof(steady_timer), 144u);
    EXPECT_EQ(sizeof(detail::timed_awaitable<steady_timer::wait_operation>) - sizeof(steady_timer::wait_operation),
              136u);
    using reading = decltype(std::declval<tcp_socket &>().read_some(mutable_buffer()));
    EXPECT_EQ(sizeof(reading), 48u);
    EXPECT_EQ(sizeof(stream_socket::wait_operation), 32u);
    EXPECT_EQ(sizeof(detail::timed_t<reading>) - sizeof(reading), 56u);
    EXPECT_EQ(sizeof(ip_address), 24u);
    EXPECT_EQ(sizeof(tcp_endpoint), 28u);
  }
}

} // namespace
