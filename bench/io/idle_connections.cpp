// How much memory a connection of an HTTP server takes while it waits for the next request, with snug and with Boost.Asio:
// a session answers requests, which are read before the time is out, by four levels of coroutines. It has a buffer as long
// as the connection lasts; or it waits until there is something to read, and only then takes a buffer from a pool, and
// frames for the other levels. No parser, as both would have the same one. Exits with 1 where snug takes more. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "levels.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <memory>
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

enum class buffers { per_connection, while_needed };

// Buffers that nobody needs.
class pool {
public:
  class lease {
  public:
    explicit lease(pool &from) : from_(from) {
      if (from.free_.empty()) {
        bytes_ = std::make_unique<memory>();
      } else {
        bytes_ = std::move(from.free_.back());
        from.free_.pop_back();
      }
    }
    lease(lease &&) = delete;
    ~lease() { from_.free_.push_back(std::move(bytes_)); }
    memory &operator*() const { return *bytes_; }

  private:
    pool &from_;
    std::unique_ptr<memory> bytes_;
  };

private:
  std::vector<std::unique_ptr<memory>> free_;
};

template <buffers Kept> class snug_server {
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
  static io::task<bool> request_in(io::io_context &context, io::tcp_socket &socket, pool &from) {
    pool::lease const bytes(from);
    co_return co_await request(context, socket, *bytes);
  }
  io::task<> session(io::tcp_socket socket)
    requires(Kept == buffers::per_connection)
  {
    memory bytes;
    bool more = true;
    while (more) {
      more = co_await request(context_, socket, bytes);
    }
  }
  io::task<> session(io::tcp_socket socket)
    requires(Kept == buffers::while_needed)
  {
    bool more = true;
    while (more) {
      auto const [error] = co_await io::with_timeout(context_, 60s, socket.wait_readable());
      if (error) {
        break;
      }
      // A task that has a name is not awaited where it is made: its frame is not in this one, but lasts as long as it runs.
      auto answering = request_in(context_, socket, buffers_);
      more = co_await std::move(answering);
    }
  }
  io::task<> serve() {
    for (;;) {
      auto accepted = co_await acceptor_.accept();
      if (accepted.ec) {
        co_return;
      }
      io::async_run(context_.get_executor(), session(std::move(accepted.value)));
    }
  }

  pool buffers_;
  io::io_context context_;
  io::tcp_acceptor acceptor_;
};

template <buffers Kept> class asio_server {
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
  static void limit(socket_type &socket, timer_type &timer) {
    timer.expires_after(60s);
    timer.async_wait([&socket](boost::system::error_code error) {
      if (!error) {
        socket.cancel();
      }
    });
  }
  static asio_awaitable<std::size_t> read(socket_type &socket, timer_type &timer, memory &bytes) {
    std::size_t size = 0;
    while (size != bytes.size() && !ends_head(bytes, size)) {
      limit(socket, timer);
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
  static asio_awaitable<bool> request_in(socket_type &socket, timer_type &timer, pool &from) {
    pool::lease const bytes(from);
    co_return co_await request(socket, timer, *bytes);
  }
  asio_awaitable<void> session(socket_type socket)
    requires(Kept == buffers::per_connection)
  {
    timer_type timer(socket.get_executor());
    memory bytes;
    bool more = true;
    while (more) {
      more = co_await request(socket, timer, bytes);
    }
  }
  asio_awaitable<void> session(socket_type socket)
    requires(Kept == buffers::while_needed)
  {
    timer_type timer(socket.get_executor());
    bool more = true;
    while (more) {
      limit(socket, timer);
      boost::system::error_code error;
      co_await socket.async_wait(socket_type::wait_read, asio::redirect_error(asio_await, error));
      if (error) {
        break;
      }
      more = co_await request_in(socket, timer, buffers_);
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

  pool buffers_;
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

struct figures {
  void print(char const *name) const {
    std::printf("  %-14s %8zu %20zu %22zu\n", name, kept, kept - buffer_size, while_needed);
  }

  std::size_t kept;
  std::size_t while_needed;
};

} // namespace

int main() {
  figures const with_snug{idle_bytes<snug_server<buffers::per_connection>>(),
                          idle_bytes<snug_server<buffers::while_needed>>()};
  figures const with_asio{idle_bytes<asio_server<buffers::per_connection>>(),
                          idle_bytes<asio_server<buffers::while_needed>>()};
  std::printf("bytes per connection, frames and operations included\n");
  std::printf("  %-14s %8s %20s %22s\n", "", "in all", "without its buffer", "buffer while needed");
  with_snug.print("snug");
  with_asio.print("Boost.Asio");
  return with_snug.kept <= with_asio.kept && with_snug.while_needed <= with_asio.while_needed ? 0 : 1;
}
