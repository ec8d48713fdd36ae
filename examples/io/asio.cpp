// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tasks in a program that has an io_context of Boost.Asio: an echo server on Asio's sockets, and clients on those of snug,
// which a thread beside watches. All coroutines run on Asio's context.
#include <snug/io.hpp>
#include <snug/io/asio_executor.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace asio = boost::asio;
namespace io = snug::io;
using asio::ip::tcp;
using namespace std::chrono_literals;

// What Asio begins and a task waits for: begin is given the handler.
template <class Begin, class... Values> class asio_operation {
public:
  explicit asio_operation(Begin begin) : begin_(std::move(begin)) {}

  static constexpr bool await_ready() noexcept { return false; }
  template <io::executor_handle Handle> void await_suspend(io::coro h, Handle ex, snug::inplace_stop_token) {
    begin_([this, h, ex](boost::system::error_code error, Values... values) {
      result_ = {error, values...};
      ex.dispatch(h).resume();
    });
  }
  io::io_result<Values...> await_resume() noexcept { return result_; }

private:
  Begin begin_;
  io::io_result<Values...> result_;
};
template <class... Values, class Begin> asio_operation<Begin, Values...> with_asio(Begin begin) {
  return asio_operation<Begin, Values...>(std::move(begin));
}

struct tally {
  int sessions = 0;
  std::size_t echoed = 0;
  int failures = 0;
  bool on_one_thread = true;
  std::thread::id where = std::this_thread::get_id();

  void look() { on_one_thread = on_one_thread && std::this_thread::get_id() == where; }
};

io::task<> session(tcp::socket socket, tally &server) {
  std::array<char, 4096> memory;
  for (;;) {
    auto const [error, got] = co_await with_asio<std::size_t>(
        [&](auto handler) { socket.async_read_some(asio::buffer(memory), std::move(handler)); });
    server.look();
    if (error) {
      server.failures += error != asio::error::make_error_code(asio::error::eof);
      break;
    }
    auto const [failure, sent] = co_await with_asio<std::size_t>(
        [&, n = got](auto handler) { asio::async_write(socket, asio::buffer(memory, n), std::move(handler)); });
    server.echoed += sent;
    if (failure) {
      ++server.failures;
      break;
    }
  }
  ++server.sessions;
}

template <io::executor Executor> io::task<> serve(Executor ex, tcp::acceptor acceptor, int connections, tally &server) {
  while (connections-- != 0) {
    tcp::socket socket(acceptor.get_executor());
    auto const [error] = co_await with_asio<>([&](auto handler) { acceptor.async_accept(socket, std::move(handler)); });
    if (error) {
      ++server.failures;
      co_return;
    }
    io::async_run(ex, session(std::move(socket), server));
  }
}

// Sends a line and reads it back, for 10 seconds at most.
io::task<io::io_result<std::size_t>> client(io::io_context &sockets, io::tcp_endpoint server, int number, tally &seen) {
  io::tcp_socket socket(sockets);
  auto const [refused] = co_await io::with_timeout(sockets, 10s, socket.connect(server));
  seen.look();
  if (refused) {
    co_return {refused, 0};
  }
  std::string const line = "client " + std::to_string(number) + '\n';
  std::string answer(line.size(), '\0');
  auto const [not_sent, sent] = co_await socket.write(io::buffer(line));
  if (not_sent) {
    co_return {not_sent, 0};
  }
  auto const [error, got] = co_await io::with_timeout(sockets, 10s, socket.read(io::buffer(answer)));
  seen.look();
  co_return {!error && answer != line ? std::make_error_code(std::errc::bad_message) : error, got};
}

int main() {
  constexpr int clients = 3;
  tally server;
  std::array<io::io_result<std::size_t>, clients> outcomes;

  asio::io_context context;
  tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  io::tcp_endpoint const address{io::ip_address::loopback_v4(), acceptor.local_endpoint().port()};

  io::io_context sockets;
  io::io_context::work_guard work(sockets);
  std::thread beside([&] { sockets.run(); });

  io::asio_executor const ex(context.get_executor());
  io::async_run(ex, serve(ex, std::move(acceptor), clients, server));
  for (int i = 0; i != clients; ++i) {
    auto &to = outcomes[static_cast<std::size_t>(i)];
    io::async_run(ex, client(sockets, address, i + 1, server), [&to](auto result) { to = result; });
  }
  context.run(); // returns once the last task is done, also where the tasks waited for sockets of the other context

  work.reset();
  beside.join();
  for (int i = 0; i != clients; ++i) {
    auto const &[error, echoed] = outcomes[static_cast<std::size_t>(i)];
    std::printf("client %d: %zu bytes came back, %s\n", i + 1, echoed, error ? error.message().c_str() : "no error");
  }
  std::printf("server: %d sessions, %zu bytes, %d failures; all on one thread: %s\n", server.sessions, server.echoed,
              server.failures, server.on_one_thread ? "yes" : "no");
}
