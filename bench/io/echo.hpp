// An echo server and its clients in one thread, over loopback: with snug and with Boost.Asio.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_BENCH_IO_ECHO_HPP
#define SNUG_BENCH_IO_ECHO_HPP

#include "levels.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <system_error>
#include <vector>

namespace bench {

// Largest message.
inline constexpr std::size_t echo_memory = 4096;

// Connections are made once; each run lets all clients send and receive a number of messages.
class snug_echo {
public:
  snug_echo(int clients, std::size_t size) : message_(size, 'x') {
    io::tcp_acceptor acceptor(context_);
    if (auto const error = acceptor.listen({io::ip_address::loopback_v4(), 0})) {
      throw std::system_error(error);
    }
    auto const address = acceptor.local_endpoint().value;
    for (int i = 0; i != clients; ++i) {
      clients_.emplace_back(context_);
      io::async_run(context_.get_executor(), accept(acceptor));
      io::async_run(context_.get_executor(), connect(clients_.back(), address));
      context_.run();
      context_.restart();
    }
    for (auto &socket : servers_) {
      io::async_run(context_.get_executor(), serve(socket));
    }
  }

  // How many bytes came back.
  std::size_t run(int rounds) {
    std::size_t back = 0;
    auto left = clients_.size();
    for (auto &socket : clients_) {
      io::async_run(context_.get_executor(), converse(socket, rounds), [&](std::size_t n) {
        back += n;
        if (--left == 0) {
          context_.stop();
        }
      });
    }
    context_.run();
    context_.restart();
    return back;
  }

private:
  io::task<> accept(io::tcp_acceptor &acceptor) {
    auto accepted = co_await acceptor.accept();
    accepted.value.set_no_delay(true);
    servers_.push_back(std::move(accepted.value));
  }
  static io::task<> connect(io::tcp_socket &socket, io::tcp_endpoint address) {
    (void)co_await socket.connect(address);
    socket.set_no_delay(true);
  }
  static io::task<> serve(io::tcp_socket &socket) {
    std::array<char, echo_memory> memory;
    for (;;) {
      auto const [error, got] = co_await socket.read_some(io::buffer(memory));
      if (error) {
        co_return;
      }
      auto const [failure, sent] = co_await socket.write(io::buffer(memory.data(), got));
      if (failure) {
        co_return;
      }
    }
  }
  io::task<std::size_t> converse(io::tcp_socket &socket, int rounds) {
    std::array<char, echo_memory> memory;
    std::size_t back = 0;
    while (rounds-- != 0) {
      auto const [failure, sent] = co_await socket.write(io::buffer(message_));
      auto const [error, got] = co_await socket.read(io::buffer(memory.data(), message_.size()));
      back += got;
      if (failure || error) {
        break;
      }
    }
    co_return back;
  }

  std::string message_;
  std::vector<io::tcp_socket> clients_;
  std::vector<io::tcp_socket> servers_;
  io::io_context context_; // goes first, and lets the coroutines end
};

class asio_echo {
  using tcp = asio::ip::tcp;
  using socket_type = asio::basic_stream_socket<tcp, asio_executor_type>;
  using acceptor_type = asio::basic_socket_acceptor<tcp, asio_executor_type>;

public:
  asio_echo(int clients, std::size_t size) : message_(size, 'x') {
    acceptor_type acceptor(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    for (int i = 0; i != clients; ++i) {
      clients_.emplace_back(context_);
      clients_.back().connect(acceptor.local_endpoint());
      clients_.back().set_option(tcp::no_delay(true));
      servers_.emplace_back(context_);
      acceptor.accept(servers_.back());
      servers_.back().set_option(tcp::no_delay(true));
    }
    for (auto &socket : servers_) {
      asio::co_spawn(context_.get_executor(), serve(socket), asio::detached);
    }
  }

  std::size_t run(int rounds) {
    std::size_t back = 0;
    auto left = clients_.size();
    for (auto &socket : clients_) {
      asio::co_spawn(context_.get_executor(), converse(socket, rounds), [&](std::exception_ptr, std::size_t n) {
        back += n;
        if (--left == 0) {
          context_.stop();
        }
      });
    }
    context_.run();
    context_.restart();
    return back;
  }

private:
  // Errors as values, as with snug.
  static asio_awaitable<void> serve(socket_type &socket) {
    std::array<char, echo_memory> memory;
    boost::system::error_code error;
    for (;;) {
      std::size_t const got =
          co_await socket.async_read_some(asio::buffer(memory), asio::redirect_error(asio_await, error));
      if (error) {
        co_return;
      }
      co_await asio::async_write(socket, asio::buffer(memory.data(), got), asio::redirect_error(asio_await, error));
      if (error) {
        co_return;
      }
    }
  }
  asio_awaitable<std::size_t> converse(socket_type &socket, int rounds) {
    std::array<char, echo_memory> memory;
    boost::system::error_code error;
    std::size_t back = 0;
    while (rounds-- != 0 && !error) {
      co_await asio::async_write(socket, asio::buffer(message_), asio::redirect_error(asio_await, error));
      back += co_await asio::async_read(socket, asio::buffer(memory.data(), message_.size()),
                                        asio::redirect_error(asio_await, error));
    }
    co_return back;
  }

  std::string message_;
  asio::io_context context_{1};
  std::vector<socket_type> clients_;
  std::vector<socket_type> servers_;
};

} // namespace bench

#endif
