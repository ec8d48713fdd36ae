// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Streams, acceptors and their ends, over loopback and over socket pairs.
#include "io_support.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>

#include <unistd.h>

namespace {

using namespace snug_test;

template <class Socket> task<> send_all(Socket &to, std::string const &bytes) {
  auto const [ec, n] = co_await to.write_eof(buffer(bytes));
  EXPECT_FALSE(ec) << ec.message();
  EXPECT_EQ(n, bytes.size());
}

template <class Socket> task<> receive_all(Socket &from, std::string &bytes, std::size_t at_once) {
  std::string piece(at_once, '\0');
  for (;;) {
    auto const [ec, n] = co_await from.read_some(buffer(piece));
    if (ec) {
      EXPECT_EQ(ec, error::eof);
      EXPECT_EQ(n, 0u);
      break;
    }
    EXPECT_GT(n, 0u);
    bytes.append(piece, 0, n);
  }
}

template <class Pair> void lose_no_byte() {
  io_context context;
  Pair pair(context);
  std::string const there = pattern(3'000'000, 1);
  std::string const back = pattern(2'000'000, 2);
  std::string got_there;
  std::string got_back;
  // Both directions at once.
  async_run(context.get_executor(), send_all(pair.a, there));
  async_run(context.get_executor(), receive_all(pair.b, got_there, 7000));
  async_run(context.get_executor(), send_all(pair.b, back));
  async_run(context.get_executor(), receive_all(pair.a, got_back, 65536));
  ASSERT_TRUE(finishes(context));
  EXPECT_TRUE(got_there == there);
  EXPECT_TRUE(got_back == back);
}

TEST(StreamSocket, LosesNoByteOverTcp) { lose_no_byte<tcp_pair>(); }
TEST(StreamSocket, LosesNoByteOverUnix) { lose_no_byte<unix_pair>(); }

TEST(StreamSocket, ReadsAndWritesSequencesOfBuffers) {
  io_context context;
  unix_pair pair(context);
  std::string head = "head";
  std::string body = pattern(300'000);
  auto writer = [](unix_stream &to, std::string const &h, std::string const &b) -> task<> {
    // More buffers than one system call takes, empty ones among them.
    std::vector<const_buffer> pieces{buffer(h), const_buffer()};
    for (std::size_t at = 0; at < b.size(); at += 1000) {
      pieces.push_back(const_buffer(b.data() + at, std::min<std::size_t>(1000, b.size() - at)));
    }
    auto const [ec, n] = co_await to.write(pieces);
    EXPECT_FALSE(ec);
    EXPECT_EQ(n, h.size() + b.size());
    auto const some = co_await to.write_some(std::array<const_buffer, 2>{const_buffer("x", 1), const_buffer("y", 1)});
    EXPECT_EQ(some.value, 2u);
    auto const ended = co_await to.write_eof();
    EXPECT_FALSE(ended.ec);
  };
  auto reader = [](unix_stream &from, std::string const &h, std::string const &b) -> task<> {
    std::string got_head(h.size(), '\0');
    std::string got_body(b.size(), '\0');
    mutable_buffer pieces[] = {buffer(got_head), mutable_buffer(), buffer(got_body)};
    auto const [ec, n] = co_await from.read(pieces);
    EXPECT_FALSE(ec);
    EXPECT_EQ(n, h.size() + b.size());
    EXPECT_EQ(got_head, h);
    EXPECT_TRUE(got_body == b);
    char rest[8];
    std::array<mutable_buffer, 2> two{mutable_buffer(rest, 1), mutable_buffer(rest + 1, 7)};
    auto const all = co_await from.read(two);
    EXPECT_EQ(all.ec, error::eof);
    EXPECT_EQ(all.value, 2u); // beside the error
    EXPECT_EQ(std::string(rest, 2), "xy");
  };
  async_run(context.get_executor(), reader(pair.b, head, body));
  async_run(context.get_executor(), writer(pair.a, head, body));
  ASSERT_TRUE(finishes(context));
}

TEST(StreamSocket, MovesNothingThroughEmptyBuffers) {
  io_context context;
  unix_pair pair(context);
  auto all = [](unix_stream &s) -> task<> {
    auto const r = co_await s.read_some(mutable_buffer());
    EXPECT_FALSE(r.ec);
    EXPECT_EQ(r.value, 0u);
    auto const w = co_await s.write(std::vector<const_buffer>());
    EXPECT_FALSE(w.ec);
    EXPECT_EQ(w.value, 0u);
  };
  async_run(context.get_executor(), all(pair.a));
  EXPECT_EQ(context.poll(), 1u);
}

TEST(StreamSocket, CompletesAtOnceWhatCanBeDoneAtOnce) {
  io_context context;
  unix_pair pair(context);
  int done = 0;
  auto all = [](unix_stream &a, unix_stream &b, int &count) -> task<> {
    char byte = 'x';
    for (int i = 0; i != 10; ++i) {
      auto const w = co_await a.write(const_buffer(&byte, 1));
      auto const r = co_await b.read_some(mutable_buffer(&byte, 1));
      count += !w.ec && r.value == 1;
    }
  };
  async_run(context.get_executor(), all(pair.a, pair.b, done));
  EXPECT_EQ(context.poll_one(), 1u); // the start alone
  EXPECT_EQ(done, 10);
}

// A stream that always has something to do leaves the thread to others now and then.
TEST(StreamSocket, StarvesNobody) {
  io_context context;
  unix_pair pair(context);
  bool other_ran = false;
  long rounds = 0;
  auto busy = [](unix_stream &a, unix_stream &b, bool &until, long &count) -> task<> {
    char byte = 'x';
    while (!until && count < 1'000'000) {
      (void)co_await a.write(const_buffer(&byte, 1));
      (void)co_await b.read_some(mutable_buffer(&byte, 1));
      ++count;
    }
  };
  job other([&] { other_ran = true; });
  job start([&] {
    async_run(context.get_executor(), busy(pair.a, pair.b, other_ran, rounds));
    context.get_executor().post(&other);
  });
  context.get_executor().post(&start);
  ASSERT_TRUE(finishes(context));
  EXPECT_TRUE(other_ran);
  EXPECT_LT(rounds, 1000);
}

TEST(StreamSocket, EndsOneDirectionAndReadsOn) {
  io_context context;
  tcp_pair pair(context);
  auto asks = [](tcp_socket &s) -> task<> {
    auto const [ec, n] = co_await s.write_eof(const_buffer("question", 8));
    EXPECT_FALSE(ec);
    EXPECT_EQ(n, 8u);
    std::string answer(6, '\0');
    auto const r = co_await s.read(buffer(answer));
    EXPECT_FALSE(r.ec);
    EXPECT_EQ(answer, "answer");
    auto const after = co_await s.write_some(const_buffer("x", 1));
    EXPECT_EQ(after.ec, std::errc::broken_pipe); // as an error, not as a signal
  };
  auto answers = [](tcp_socket &s) -> task<> {
    std::string question;
    co_await receive_all(s, question, 100);
    EXPECT_EQ(question, "question");
    auto const w = co_await s.write(const_buffer("answer", 6));
    EXPECT_FALSE(w.ec);
  };
  async_run(context.get_executor(), asks(pair.a));
  async_run(context.get_executor(), answers(pair.b));
  ASSERT_TRUE(finishes(context));
}

// The end comes together with the last bytes: nobody tells once more.
TEST(StreamSocket, SeesAnEndThatCameWithTheLastBytes) {
  io_context context;
  tcp_pair pair(context);
  auto waits = [](tcp_socket &s) -> task<> {
    std::string all;
    co_await receive_all(s, all, 100);
    EXPECT_EQ(all, "bytes and end");
  };
  async_run(context.get_executor(), waits(pair.b));
  context.poll();
  ASSERT_EQ(::write(pair.a.native_handle(), "bytes and end", 13), 13);
  ASSERT_FALSE(pair.a.shutdown(shutdown_side::send));
  ASSERT_TRUE(finishes(context));
}

TEST(StreamSocket, ReadsBehindUrgentBytes) {
  io_context context;
  tcp_pair pair(context);
  auto waits = [](tcp_socket &s) -> task<> {
    std::string all(8, '\0');
    auto const r = co_await s.read(buffer(all));
    EXPECT_FALSE(r.ec);
    EXPECT_EQ(all, "abcdefgh");
  };
  async_run(context.get_executor(), waits(pair.b));
  context.poll();
  int const fd = pair.a.native_handle();
  ASSERT_EQ(::send(fd, "abcd!", 5, MSG_OOB), 5); // the last one is urgent, and out of band
  ASSERT_EQ(::send(fd, "efgh", 4, 0), 4);
  ASSERT_TRUE(finishes(context));
}

TEST(StreamSocket, ReportsAReset) {
  io_context context;
  tcp_pair pair(context);
  auto waits = [](tcp_socket &s) -> task<> {
    char byte;
    auto const r = co_await s.read_some(mutable_buffer(&byte, 1));
    EXPECT_EQ(r.ec, std::errc::connection_reset);
    auto const w = co_await s.write_some(const_buffer(&byte, 1));
    EXPECT_EQ(w.ec, std::errc::broken_pipe);
  };
  async_run(context.get_executor(), waits(pair.b));
  context.poll();
  ASSERT_FALSE(pair.a.set_reset_on_close(true));
  ASSERT_FALSE(pair.a.close());
  ASSERT_TRUE(finishes(context));
}

// The writer fills what the system buffers, waits, and goes on as the reader takes its time.
TEST(StreamSocket, WaitsForASlowReader) {
  io_context context;
  unix_pair pair(context);
  ASSERT_FALSE(pair.a.set_send_buffer_size(4096));
  ASSERT_FALSE(pair.b.set_receive_buffer_size(4096));
  std::string const bytes = pattern(1'000'000);
  std::string got;
  auto reads = [](io_context &c, unix_stream &s, std::string &all) -> task<> {
    steady_timer timer(c);
    std::string piece(100'000, '\0');
    for (int i = 0;; ++i) {
      auto const [ec, n] = co_await s.read_some(buffer(piece));
      if (ec) {
        break;
      }
      all.append(piece, 0, n);
      if (i % 16 == 0) {
        timer.expires_after(std::chrono::milliseconds(1));
        (void)co_await timer.wait();
      }
    }
  };
  async_run(context.get_executor(), send_all(pair.a, bytes));
  async_run(context.get_executor(), reads(context, pair.b, got));
  ASSERT_TRUE(finishes(context));
  EXPECT_TRUE(got == bytes);
}

TEST(StreamSocket, MovesWhileACoroutineWaits) {
  io_context context;
  unix_pair pair(context);
  std::string got;
  auto waits = [](unix_stream &s, std::string &all) -> task<> {
    char bytes[8];
    auto const r = co_await s.read_some(mutable_buffer(bytes, sizeof(bytes)));
    all.assign(bytes, r.value);
  };
  async_run(context.get_executor(), waits(pair.b, got));
  context.poll();
  unix_stream const elsewhere = std::move(pair.b);
  EXPECT_FALSE(pair.b.is_open());
  ASSERT_EQ(::write(pair.a.native_handle(), "hello", 5), 5);
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(got, "hello");
}

TEST(StreamSocket, OfNoUseIsOneThatIsNotOpen) {
  io_context context;
  auto all = [](io_context &c) -> task<> {
    tcp_socket none(c);
    char byte;
    EXPECT_EQ((co_await none.read_some(mutable_buffer(&byte, 1))).ec, std::errc::bad_file_descriptor);
    EXPECT_EQ((co_await none.write(const_buffer(&byte, 1))).ec, std::errc::bad_file_descriptor);
    EXPECT_EQ((co_await none.write_eof()).ec, std::errc::bad_file_descriptor);
    tcp_acceptor acceptor(c);
    EXPECT_EQ((co_await acceptor.accept()).ec, std::errc::bad_file_descriptor);
    EXPECT_EQ(acceptor.local_endpoint().ec, std::errc::bad_file_descriptor);
    EXPECT_EQ(none.set_no_delay(true), std::errc::bad_file_descriptor);
    EXPECT_FALSE(none.close());
  };
  async_run(context.get_executor(), all(context));
  ASSERT_TRUE(finishes(context));
}

TEST(StreamSocket, LeavesItsDescriptorToTheCaller) {
  io_context context;
  unix_pair pair(context);
  auto waits = [](unix_stream &s) -> task<> {
    char byte;
    EXPECT_EQ((co_await s.read_some(mutable_buffer(&byte, 1))).ec, std::errc::operation_canceled);
  };
  async_run(context.get_executor(), waits(pair.a));
  context.poll();
  int const fd = pair.a.release();
  ASSERT_GE(fd, 0);
  EXPECT_FALSE(pair.a.is_open());
  ASSERT_TRUE(finishes(context));
  EXPECT_EQ(::write(fd, "x", 1), 1);
  EXPECT_EQ(::close(fd), 0);
}

TEST(TcpSocket, KnowsBothEndsAndItsOptions) {
  io_context context;
  tcp_pair pair(context);
  EXPECT_EQ(pair.a.local_endpoint().value, pair.b.remote_endpoint().value);
  EXPECT_EQ(pair.b.local_endpoint().value, pair.a.remote_endpoint().value);
  EXPECT_TRUE(pair.a.local_endpoint().value.address.is_loopback());
  EXPECT_FALSE(pair.a.set_no_delay(true));
  EXPECT_FALSE(pair.a.set_keep_alive(true));
}

TEST(TcpSocket, ConnectsOverVersion6WhereThereIsOne) {
  io_context context;
  tcp_acceptor acceptor(context);
  if (acceptor.listen({ip_address::loopback_v6(), 0})) {
    GTEST_SKIP() << "no loopback interface of version 6";
  }
  auto connects = [](io_context &c, tcp_endpoint to) -> task<> {
    tcp_socket s(c);
    EXPECT_FALSE((co_await s.connect(to)).ec);
    EXPECT_EQ(s.remote_endpoint().value, to);
  };
  auto accepts = [](tcp_acceptor &a) -> task<> { EXPECT_FALSE((co_await a.accept()).ec); };
  async_run(context.get_executor(), accepts(acceptor));
  async_run(context.get_executor(), connects(context, acceptor.local_endpoint().value));
  ASSERT_TRUE(finishes(context));
}

TEST(TcpSocket, IsRefusedWhereNobodyListens) {
  io_context context;
  tcp_acceptor acceptor(context);
  ASSERT_FALSE(acceptor.listen({ip_address::loopback_v4(), 0}));
  tcp_endpoint const gone = acceptor.local_endpoint().value;
  acceptor.close();
  auto connects = [](io_context &c, tcp_endpoint to) -> task<> {
    tcp_socket s(c);
    EXPECT_EQ((co_await s.connect(to)).ec, std::errc::connection_refused);
    EXPECT_FALSE(s.close());
    EXPECT_EQ((co_await s.connect(to)).ec, std::errc::connection_refused);
  };
  async_run(context.get_executor(), connects(context, gone));
  ASSERT_TRUE(finishes(context));
}

TEST(TcpAcceptor, ListensOncePerPort) {
  io_context context;
  tcp_acceptor first(context);
  tcp_acceptor second(context);
  ASSERT_FALSE(first.listen({ip_address::loopback_v4(), 0}));
  EXPECT_EQ(second.listen(first.local_endpoint().value), std::errc::address_in_use);
  EXPECT_FALSE(second.is_open());
  EXPECT_EQ(first.listen({ip_address::loopback_v4(), 0}), std::errc::already_connected);
}

TEST(UnixStream, ConnectsByName) {
  io_context context;
  std::string const name = std::string(1, '\0') + "snug-io-test-" + std::to_string(::getpid());
  unix_acceptor acceptor(context);
  ASSERT_FALSE(acceptor.listen({name}));
  auto accepts = [](unix_acceptor &a) -> task<> {
    auto [ec, s] = co_await a.accept();
    EXPECT_FALSE(ec);
    EXPECT_EQ((co_await s.write(const_buffer("hi", 2))).value, 2u);
  };
  // Endpoints with names: g++ 12 destroys those that are temporary in a co_await expression twice.
  auto connects = [](io_context &c, unix_endpoint to) -> task<> {
    unix_stream s(c);
    EXPECT_FALSE((co_await s.connect(to)).ec);
    char bytes[2];
    EXPECT_EQ((co_await s.read(mutable_buffer(bytes, 2))).value, 2u);
    unix_stream lost(c);
    unix_endpoint const nowhere{"/nowhere/at/all"};
    EXPECT_EQ((co_await lost.connect(nowhere)).ec, std::errc::no_such_file_or_directory);
    unix_stream longer(c);
    unix_endpoint const too_long{std::string(500, 'x')};
    EXPECT_EQ((co_await longer.connect(too_long)).ec, std::errc::filename_too_long);
  };
  async_run(context.get_executor(), accepts(acceptor));
  async_run(context.get_executor(), connects(context, unix_endpoint{name}));
  ASSERT_TRUE(finishes(context));
}

TEST(UnixStream, ConnectsTwoContexts) {
  io_context first;
  io_context second;
  auto made = make_unix_pair(first, second);
  ASSERT_FALSE(made.ec);
  std::string const bytes = pattern(500'000);
  std::string got;
  async_run(first.get_executor(), send_all(made.first, bytes));
  async_run(second.get_executor(), receive_all(made.second, got, 1000));
  std::thread other([&] { EXPECT_TRUE(finishes(second)); });
  EXPECT_TRUE(finishes(first));
  other.join();
  EXPECT_TRUE(got == bytes);
}

TEST(Resolver, KnowsNumbersAndTheLocalHost) {
  io_context context;
  auto asks = [](io_context &c) -> task<> {
    resolver names(c);
    auto numeric = co_await names.resolve("127.0.0.1", "80");
    EXPECT_FALSE(numeric.ec);
    EXPECT_EQ(numeric.value, (std::vector{tcp_endpoint{ip_address::loopback_v4(), 80}}));
    auto local = co_await names.resolve("localhost", "443");
    EXPECT_FALSE(local.ec) << local.ec.message();
    for (tcp_endpoint const &one : local.value) {
      EXPECT_TRUE(one.address.is_loopback());
      EXPECT_EQ(one.port, 443);
    }
    auto own = co_await names.resolve("", "");
    EXPECT_EQ(own.value.size(), 2u);
  };
  async_run(context.get_executor(), asks(context));
  ASSERT_TRUE(finishes(context));
}

} // namespace
