// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What goes wrong in the system does not go wrong here: no byte is lost, no descriptor, no memory.
#include "fault_injection.hpp"
#include "io_support.hpp"

#include <array>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace {

using namespace snug_test;

// Sends in pieces of several kinds, and compares what comes back.
template <class Socket> task<> asks(Socket &s, int rounds) {
  for (int i = 0; i != rounds; ++i) {
    std::string const bytes = pattern(1 + static_cast<std::size_t>(i) * 977 % 30'000, static_cast<unsigned>(i));
    std::array<const_buffer, 3> const pieces{const_buffer(bytes.data(), bytes.size() / 3), const_buffer(),
                                             buffer(bytes) + bytes.size() / 3};
    auto const sent = co_await s.write(pieces);
    EXPECT_FALSE(sent.ec) << sent.ec.message();
    std::string got(bytes.size(), '\0');
    std::array<mutable_buffer, 2> const places{
        mutable_buffer(got.data(), got.size() / 2),
        mutable_buffer(got.data() + got.size() / 2, got.size() - got.size() / 2)};
    auto const received = co_await s.read(places);
    EXPECT_FALSE(received.ec) << received.ec.message();
    EXPECT_TRUE(got == bytes);
  }
  auto const ended = co_await s.write_eof();
  EXPECT_FALSE(ended.ec);
}

template <class Socket> task<> echoes(Socket &s) {
  std::array<char, 5000> bytes;
  for (;;) {
    auto const [ec, n] = co_await s.read_some(buffer(bytes));
    if (ec) {
      EXPECT_EQ(ec, error::eof);
      break;
    }
    auto const w = co_await s.write(const_buffer(bytes.data(), n));
    EXPECT_FALSE(w.ec) << w.ec.message();
  }
}

void echo_with(unsigned interrupted, unsigned would_block, unsigned partial, int threads) {
  fault_injection faults;
  {
    io_context context;
    std::vector<std::unique_ptr<unix_pair>> pairs;
    tcp_pair tcp(context);
    ASSERT_FALSE(tcp.a.set_no_delay(true));
    ASSERT_FALSE(tcp.b.set_no_delay(true));
    faults.interrupted = interrupted;
    faults.would_block = would_block;
    faults.partial = partial;
    for (int i = 0; i != 4; ++i) {
      pairs.push_back(std::make_unique<unix_pair>(context));
      async_run(strand(context.get_executor()), asks(pairs.back()->a, 60));
      async_run(strand(context.get_executor()), echoes(pairs.back()->b));
    }
    async_run(context.get_executor(), asks(tcp.a, 60));
    async_run(context.get_executor(), echoes(tcp.b));
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i) {
      others.emplace_back([&] { context.run_for(eternity); });
    }
    context.run_for(eternity);
    for (auto &o : others) {
      o.join();
    }
    EXPECT_TRUE(context.stopped());
  }
  EXPECT_GT(faults.injected, 10u);
}

TEST(Faults, PartialTransfersLoseNoByte) { echo_with(0, 0, 2, 1); }
TEST(Faults, InterruptionsLoseNoByte) { echo_with(2, 0, 0, 1); }
TEST(Faults, StormsOfWouldBlockLoseNoByte) { echo_with(0, 2, 0, 1); }
TEST(Faults, EverythingTogetherLosesNoByte) { echo_with(5, 5, 3, 1); }
TEST(Faults, EverythingTogetherLosesNoByteOnThreads) { echo_with(5, 5, 3, 3); }

TEST(Faults, AResetIsReportedToWhoReadsAndToWhoWrites) {
  fault_injection faults;
  io_context context;
  unix_pair pair(context);
  auto all = [](fault_injection &f, unix_stream &a, unix_stream &b) -> task<> {
    char byte = 'x';
    f.receive_error = ECONNRESET;
    EXPECT_EQ((co_await a.read_some(mutable_buffer(&byte, 1))).ec, std::errc::connection_reset);
    f.send_error = ECONNRESET;
    EXPECT_EQ((co_await a.write(const_buffer(&byte, 1))).ec, std::errc::connection_reset);
    // What was there is there still.
    EXPECT_EQ((co_await b.write(const_buffer("y", 1))).value, 1u);
    EXPECT_EQ((co_await a.read(mutable_buffer(&byte, 1))).value, 1u);
    EXPECT_EQ(byte, 'y');
  };
  async_run(context.get_executor(), all(faults, pair.a, pair.b));
  ASSERT_TRUE(finishes(context));
}

TEST(Faults, ConnectionsSurviveTheExhaustionOfDescriptors) {
  fault_injection faults;
  io_context context;
  tcp_acceptor acceptor(context);
  ASSERT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
  auto connects = [](io_context &c, tcp_endpoint to) -> task<> {
    tcp_socket s(c);
    EXPECT_FALSE((co_await s.connect(to)).ec);
    char byte;
    EXPECT_EQ((co_await s.read(mutable_buffer(&byte, 1))).value, 1u);
  };
  auto accepts = [](fault_injection &f, io_context &c, tcp_acceptor &a) -> task<> {
    steady_timer timer(c, std::chrono::milliseconds(5));
    (void)co_await timer.wait(); // somebody has connected
    f.descriptors = 0;
    for (int i = 0; i != 3; ++i) {
      auto const failed = co_await a.accept();
      EXPECT_EQ(failed.ec, std::errc::too_many_files_open);
    }
    tcp_socket none(c);
    EXPECT_EQ((co_await none.connect(a.local_endpoint().value)).ec, std::errc::too_many_files_open);
    EXPECT_EQ(make_unix_pair(c).ec, std::errc::too_many_files_open);
    EXPECT_THROW(io_context(), std::system_error);
    f.descriptors = 1; // enough for the epoll instance alone
    EXPECT_THROW(io_context(), std::system_error);
    f.descriptors = 1;
    auto accepted = co_await a.accept();
    EXPECT_FALSE(accepted.ec) << accepted.ec.message();
    EXPECT_EQ((co_await accepted.value.write(const_buffer("x", 1))).value, 1u);
  };
  std::size_t const before = open_descriptors();
  async_run(context.get_executor(), connects(context, acceptor.local_endpoint().value));
  async_run(context.get_executor(), accepts(faults, context, acceptor));
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(open_descriptors(), before);
}

TEST(Faults, ConnectionsThatWereGivenUpArePassedOver) {
  fault_injection faults;
  io_context context;
  faults.accept_error = ECONNABORTED;
  tcp_pair pair(context);
  EXPECT_TRUE(pair.b.is_open());
  EXPECT_EQ(faults.injected, 1u);
}

TEST(Faults, WhatCannotBeWatchedIsAnErrorAndCanBeTriedAgain) {
  fault_injection faults;
  io_context context;
  unix_pair pair(context);
  auto all = [](fault_injection &f, unix_stream &a, unix_stream &b) -> task<> {
    char byte;
    f.watch_error = ENOSPC;
    EXPECT_EQ((co_await a.read_some(mutable_buffer(&byte, 1))).ec, std::errc::no_space_on_device);
    EXPECT_EQ((co_await b.write(const_buffer("x", 1))).value, 1u);
    EXPECT_EQ((co_await a.read_some(mutable_buffer(&byte, 1))).value, 1u);
  };
  async_run(context.get_executor(), all(faults, pair.a, pair.b));
  ASSERT_TRUE(finishes(context));
}

TEST(Faults, NamesThatCannotBeFoundAreErrors) {
  fault_injection faults;
  io_context context;
  auto all = [](fault_injection &f, io_context &c) -> task<> {
    resolver names(c);
    f.resolve_error = EAI_NONAME;
    EXPECT_EQ((co_await names.resolve("nowhere.invalid", "80")).ec, name_error::not_found);
    f.resolve_error = EAI_AGAIN;
    EXPECT_EQ((co_await names.resolve("nowhere.invalid", "80")).ec, name_error::try_again);
    f.resolve_error = EAI_SERVICE;
    auto const failed = co_await names.resolve("nowhere.invalid", "no-service");
    EXPECT_EQ(failed.ec, name_error::service_not_found);
    EXPECT_EQ(failed.ec.message(), "the service has no port");
    f.resolve_error = EAI_FAIL;
    EXPECT_EQ((co_await names.resolve("nowhere.invalid", "80")).ec, name_error::failed);
    f.resolve_error = EAI_MEMORY;
    EXPECT_EQ((co_await names.resolve("nowhere.invalid", "80")).ec, std::errc::not_enough_memory);
  };
  async_run(context.get_executor(), all(faults, context));
  ASSERT_TRUE(finishes(context));
}

// In batches, so that they are open together; reset, so that no port stays taken.
TEST(Faults, TenThousandConnectionsLeaveNothing) {
  constexpr int batches = 100;
  constexpr int at_once = 100;
  std::size_t const before = open_descriptors();
  {
    io_context context;
    tcp_acceptor acceptor(context);
    ASSERT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
    int served = 0;
    int answered = 0;
    auto serves = [](tcp_socket s, int &count) -> task<> {
      char bytes[4];
      auto const [ec, n] = co_await s.read(buffer(bytes));
      if (!ec) {
        count += (co_await s.write(const_buffer(bytes, n))).value == n;
      }
      (void)co_await s.read_some(buffer(bytes)); // until the other side is gone
    };
    auto accepts = [](io_context &c, tcp_acceptor &a, auto serve, int &count) -> task<> {
      for (int i = 0; i != batches * at_once; ++i) {
        auto [ec, s] = co_await a.accept();
        EXPECT_FALSE(ec) << ec.message();
        async_run(c.get_executor(), serve(std::move(s), count));
      }
    };
    auto asks_once = [](io_context &c, tcp_endpoint to, int &count) -> task<> {
      tcp_socket s(c);
      auto const [ec] = co_await s.connect(to);
      EXPECT_FALSE(ec) << ec.message();
      auto const w = co_await s.write(const_buffer("ping", 4));
      EXPECT_FALSE(w.ec);
      char bytes[4];
      auto const r = co_await s.read(buffer(bytes));
      EXPECT_EQ(r.value, 4u);
      EXPECT_FALSE(s.set_reset_on_close(true));
      if (++count % at_once == 0) {
        c.stop();
      }
    };
    async_run(context.get_executor(), accepts(context, acceptor, serves, served));
    for (int b = 0; b != batches; ++b) {
      for (int i = 0; i != at_once; ++i) {
        async_run(context.get_executor(), asks_once(context, acceptor.local_endpoint().value, answered));
      }
      context.run_for(eternity); // the last one of the batch stops it
      ASSERT_EQ(answered, (b + 1) * at_once);
      context.restart();
    }
    ASSERT_TRUE(finishes(context));
    EXPECT_EQ(served, batches * at_once);
    EXPECT_EQ(answered, batches * at_once);
  }
  EXPECT_EQ(open_descriptors(), before);
}

} // namespace
