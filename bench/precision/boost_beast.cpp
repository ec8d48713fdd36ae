// Boost.Beast: all of it, with a client's request and a WebSocket in use.
#include <boost/asio/spawn.hpp>
#include <boost/beast.hpp>
#include <boost/beast/ssl.hpp>

namespace beast = boost::beast;
namespace http = beast::http;

void use(beast::tcp_stream &stream) {
  beast::flat_buffer buffer;
  http::request<http::string_body> request{http::verb::get, "/", 11};
  http::response<http::dynamic_body> response;
  request.set(http::field::host, "localhost");
  http::write(stream, request);
  http::read(stream, buffer, response);
  http::async_write(stream, request, [](beast::error_code, std::size_t) {});
  http::async_read(stream, buffer, response, [](beast::error_code, std::size_t) {});
  beast::websocket::stream<beast::tcp_stream> socket(stream.get_executor());
  socket.async_handshake("localhost", "/", [](beast::error_code) {});
  socket.async_read(buffer, [](beast::error_code, std::size_t) {});
}
