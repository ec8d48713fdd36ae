// How much memory a connection of an HTTP server takes while it waits for the next request, with snug and with Boost.Asio:
// a session answers requests, which are read before the time is out, by four levels of coroutines. No parser, as both would
// have the same one. Exits with 1 where snug takes more. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "levels.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <malloc.h>

namespace {

using namespace bench;
using namespace std::chrono_literals;

constexpr int connections = 200;
constexpr std::size_t buffer_size = 1024;
using memory = std::array<char, buffer_size>;
constexpr std::string_view question = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view answer = "HTTP/1.1 204 No Content\r\n\r\n";

bool ends_head(memory const &bytes, std::size_t size) {
  return std::string_view(bytes.data(), size).ends_with("\r\n\r\n");
}

class snug_server {
public:
  snug_server() : acceptor_(context_) {
    if (auto const error = acceptor_.listen({io::ip_address::loopback_v4(), 0})) {
      throw std::system_error(error);
    }
    io::async_run(context_.get_executor(), serve());
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().value.port; }
  void poll() { context_.poll(); }

private:
  // How many bytes the head of a request has; 0 where there was none in time.
  static io::task<std::size_t> read(io::io_context &context, io::tcp_socket &socket, memory &bytes) {
    std::size_t size = 0;
    while (size != bytes.size() && !ends_head(bytes, size)) {
      auto const [error, n] = co_await io::with_timeout(context, 60s, socket.read_some(io::buffer(bytes) + size));
      if (error) {
        co_return std::size_t{};
      }
      size += n;
    }
    co_return size;
  }
  static io::task<bool> request(io::io_context &context, io::tcp_socket &socket, memory &bytes) {
    if (co_await read(context, socket, bytes) == 0) {
      co_return false;
    }
    auto const [error, n] = co_await socket.write(io::buffer(answer));
    co_return !error;
  }
  static io::task<> session(io::io_context &context, io::tcp_socket socket) {
    memory bytes;
    bool more = true;
    while (more) {
      more = co_await request(context, socket, bytes);
    }
  }
  io::task<> serve() {
    for (;;) {
      auto accepted = co_await acceptor_.accept();
      if (accepted.ec) {
        co_return;
      }
      io::async_run(context_.get_executor(), session(context_, std::move(accepted.value)));
    }
  }

  io::io_context context_;
  io::tcp_acceptor acceptor_;
};

class asio_server {
  using tcp = asio::ip::tcp;
  using socket_type = asio::basic_stream_socket<tcp, asio_executor_type>;
  using acceptor_type = asio::basic_socket_acceptor<tcp, asio_executor_type>;
  using timer_type = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                                                asio_executor_type>;

public:
  asio_server() : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    asio::co_spawn(context_.get_executor(), serve(), asio::detached);
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  void poll() { context_.poll(); }

private:
  static asio_awaitable<std::size_t> read(socket_type &socket, timer_type &timer, memory &bytes) {
    std::size_t size = 0;
    while (size != bytes.size() && !ends_head(bytes, size)) {
      timer.expires_after(60s);
      timer.async_wait([&socket](boost::system::error_code error) {
        if (!error) {
          socket.cancel();
        }
      });
      boost::system::error_code error;
      size += co_await socket.async_read_some(asio::buffer(bytes) + size, asio::redirect_error(asio_await, error));
      if (error) {
        co_return std::size_t{};
      }
    }
    co_return size;
  }
  static asio_awaitable<bool> request(socket_type &socket, timer_type &timer, memory &bytes) {
    if (co_await read(socket, timer, bytes) == 0) {
      co_return false;
    }
    boost::system::error_code error;
    co_await asio::async_write(socket, asio::buffer(answer), asio::redirect_error(asio_await, error));
    co_return !error;
  }
  static asio_awaitable<void> session(socket_type socket) {
    timer_type timer(socket.get_executor());
    memory bytes;
    bool more = true;
    while (more) {
      more = co_await request(socket, timer, bytes);
    }
  }
  asio_awaitable<void> serve() {
    for (;;) {
      boost::system::error_code error;
      socket_type socket(context_.get_executor());
      co_await acceptor_.async_accept(socket, asio::redirect_error(asio_await, error));
      if (error) {
        co_return;
      }
      asio::co_spawn(context_.get_executor(), session(std::move(socket)), asio::detached);
    }
  }

  asio::io_context context_{1};
  acceptor_type acceptor_;
};

// Bytes that malloc has handed out, for each of many connections that have had one answer each.
template <class Server> std::size_t idle_bytes() {
  asio::io_context clients;
  std::vector<asio::ip::tcp::socket> sockets;
  sockets.reserve(connections + 1);
  Server server;
  std::size_t before = 0;
  // What the first one leaves behind serves the others, too.
  for (int i = 0; i <= connections; ++i) {
    if (i == 1) {
      before = mallinfo2().uordblks;
    }
    std::size_t const outside = mallinfo2().uordblks;
    auto &socket = sockets.emplace_back(clients);
    socket.connect({asio::ip::address_v4::loopback(), server.port()});
    asio::write(socket, asio::buffer(question));
    before += i == 0 ? 0 : mallinfo2().uordblks - outside; // the client's own
    std::array<char, answer.size()> got;
    std::size_t size = 0;
    while (size != got.size()) {
      server.poll();
      size += socket.available() == 0 ? 0 : socket.read_some(asio::buffer(got) + size);
    }
    server.poll();
  }
  return (mallinfo2().uordblks - before) / connections;
}

} // namespace

int main() {
  std::size_t const with_snug = idle_bytes<snug_server>();
  std::size_t const with_asio = idle_bytes<asio_server>();
  std::printf("  %-14s %8s %20s   (bytes per connection, frames and operations included)\n", "", "in all",
              "without its buffer");
  std::printf("  %-14s %8zu %20zu\n", "snug", with_snug, with_snug - buffer_size);
  std::printf("  %-14s %8zu %20zu\n", "Boost.Asio", with_asio, with_asio - buffer_size);
  return with_snug <= with_asio ? 0 : 1;
}
