// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An echo server and its clients over loopback, in one thread: each connection is a coroutine that reads and writes.
#include <snug/io.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace io = snug::io;
using namespace std::chrono_literals;

// What happened, written down by whoever was there and printed in the end.
struct tally {
  int sessions = 0;
  std::size_t echoed = 0;
  int failures = 0;
};

// One connection of the server: what comes in goes out, until the other side has sent all it will send.
io::task<> session(io::tcp_socket socket, tally &server) {
  std::array<char, 4096> memory;
  for (;;) {
    auto const [error, got] = co_await socket.read_some(io::buffer(memory));
    if (error) {
      server.failures += error != io::error::eof;
      break;
    }
    auto const [failure, sent] = co_await socket.write(io::buffer(memory.data(), got));
    server.echoed += sent;
    if (failure) {
      ++server.failures;
      break;
    }
  }
  ++server.sessions;
}

// Accepts a number of connections, and leaves each to a coroutine of its own.
io::task<> serve(io::io_context::executor ex, io::tcp_acceptor acceptor, int connections, tally &server) {
  while (connections-- != 0) {
    auto [error, socket] = co_await acceptor.accept();
    if (error) {
      ++server.failures;
      co_return;
    }
    io::async_run(ex, session(std::move(socket), server));
  }
}

// Sends a number of lines, each of which comes back before the next one goes; returns how many bytes came back.
io::task<io::io_result<std::size_t>> converse(io::tcp_socket &socket, int number, int lines) {
  std::size_t echoed = 0;
  std::string answer;
  for (int line = 1; line <= lines; ++line) {
    std::string const question = "client " + std::to_string(number) + ", line " + std::to_string(line) + '\n';
    auto const [not_sent, sent] = co_await socket.write(io::buffer(question));
    if (not_sent) {
      co_return {not_sent, echoed};
    }
    answer.resize(question.size());
    auto const [not_read, got] = co_await socket.read(io::buffer(answer));
    echoed += got;
    if (not_read) {
      co_return {not_read, echoed};
    }
    if (answer != question) {
      co_return {std::make_error_code(std::errc::bad_message), echoed};
    }
  }
  co_return {{}, echoed};
}

struct outcome {
  std::size_t echoed = 0;
  std::error_code error;
};

io::task<outcome> client(io::tcp_socket socket, io::tcp_endpoint server, int number, int lines) {
  auto const [refused] = co_await socket.connect(server);
  if (refused) {
    co_return {0, refused};
  }
  auto const [error, echoed] = co_await converse(socket, number, lines);
  if (error) {
    co_return {echoed, error};
  }
  // Ends this direction. The server answers by ending the other one: nothing was lost, and nothing is left.
  auto const [not_ended] = co_await socket.write_eof();
  if (not_ended) {
    co_return {echoed, not_ended};
  }
  char surplus = 0;
  auto const [end, n] = co_await socket.read_some(io::buffer(&surplus, 1));
  co_return {echoed, end};
}

int main() {
  constexpr int clients = 3;
  tally server;
  std::array<outcome, clients> outcomes;

  io::io_context context;
  io::tcp_acceptor acceptor(context);
  if (auto const error = acceptor.listen({io::ip_address::loopback_v4(), 0})) {
    std::printf("cannot listen: %s\n", error.message().c_str());
    return 1;
  }
  auto const [error, address] = acceptor.local_endpoint(); // with the port that the system has chosen
  if (error) {
    std::printf("listens nowhere: %s\n", error.message().c_str());
    return 1;
  }
  auto const ex = context.get_executor();
  io::async_run(ex, serve(ex, std::move(acceptor), clients, server));
  for (int i = 0; i != clients; ++i) {
    outcome &to = outcomes[static_cast<std::size_t>(i)];
    io::async_run(ex, client(io::tcp_socket(context), address, i + 1, 100 * (i + 1)), [&to](outcome o) { to = o; });
  }
  context.run_for(30s); // returns once nobody waits for anything: long before

  for (int i = 0; i != clients; ++i) {
    outcome const &o = outcomes[static_cast<std::size_t>(i)];
    std::printf("client %d: %zu bytes came back; then: %s\n", i + 1, o.echoed, o.error.message().c_str());
  }
  std::printf("server: %d sessions, %zu bytes, %d failures\n", server.sessions, server.echoed, server.failures);
}
