// Boost.Asio: all of it, with timers, sockets and coroutines in use.
#include <boost/asio.hpp>
#include <chrono>

namespace asio = boost::asio;

asio::awaitable<void> echo(asio::ip::tcp::socket socket) {
  char data[128];
  for (;;) {
    std::size_t n = co_await socket.async_read_some(asio::buffer(data), asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(data, n), asio::use_awaitable);
  }
}

int use() {
  asio::io_context context;
  asio::thread_pool pool(2);
  auto strand = asio::make_strand(pool);
  asio::steady_timer timer(context, std::chrono::seconds(1));
  timer.async_wait([](const boost::system::error_code &) {});
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::tcp::v4(), 0});
  acceptor.async_accept([&](const boost::system::error_code &, asio::ip::tcp::socket socket) {
    asio::co_spawn(context, echo(std::move(socket)), asio::detached);
  });
  asio::post(strand, [] {});
  asio::dispatch(pool, [] {});
  return static_cast<int>(context.run());
}
