// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A small HTTP/1.1 server and its clients over loopback, with keep-alive and time-outs; Boost.Beast parses and serialises.
//
// Four levels of coroutines, of which each knows the one below: a session answers requests as long as the connection is
// kept alive; answering reads a request and writes a response; reading fills a parser before the time is out; and the
// socket does the I/O.
#include <snug/execution.hpp>
#include <snug/io.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace ex = snug::execution;
namespace io = snug::io;
namespace http = boost::beast::http;
using namespace std::chrono_literals;

using request = http::request<http::string_body>;
using response = http::response<http::string_body>;

// How long the other side may take.
struct limits {
  std::chrono::milliseconds idle;    // between two messages
  std::chrono::milliseconds message; // for one, once it has begun
};

// Buffers that no connection needs now. Those that wait for their next message need none.
class buffer_pool {
public:
  using buffer = std::array<char, 8192>;

  std::unique_ptr<buffer> take() {
    if (free_.empty()) {
      return std::make_unique<buffer>();
    }
    auto taken = std::move(free_.back());
    free_.pop_back();
    return taken;
  }
  void give_back(std::unique_ptr<buffer> unused) {
    if (unused != nullptr) {
      free_.push_back(std::move(unused));
    }
  }

private:
  std::vector<std::unique_ptr<buffer>> free_;
};

// A connection that exchanges messages, each before its time is out.
class connection {
public:
  connection(io::io_context &context, io::tcp_socket socket, limits at_most, buffer_pool &buffers)
      : socket_(std::move(socket)), timer_(context, io::steady_timer::clock::time_point::max()), limits_(at_most),
        buffers_(buffers) {}
  ~connection() { buffers_.give_back(std::move(memory_)); }

  // Fills a parser; what was read beyond the message is kept for the next one.
  template <bool IsRequest> io::task<std::error_code> read(http::parser<IsRequest, http::string_body> &parser) {
    parser.eager(true);
    bool begun = false;
    for (;;) {
      if (filled_ != 0) {
        boost::system::error_code error;
        std::size_t const used = parser.put(boost::asio::buffer(memory_->data(), filled_), error);
        filled_ -= used;
        std::memmove(memory_->data(), memory_->data() + used, filled_);
        if (error && error != http::error::need_more) {
          co_return error;
        }
        if (parser.is_done()) {
          co_return std::error_code();
        }
        if (!begun) {
          begun = true;
          allow(limits_.message);
        }
      } else if (!begun) {
        allow(limits_.idle);
        buffers_.give_back(std::move(memory_));
        if (auto const [error] = co_await socket_.wait_readable(); error) {
          co_return late_ ? std::make_error_code(std::errc::timed_out) : error;
        }
        memory_ = buffers_.take();
      }
      if (filled_ == memory_->size()) {
        co_return std::make_error_code(std::errc::message_size);
      }
      auto const [error, n] = co_await socket_.read_some(io::buffer(*memory_) + filled_);
      if (error) {
        co_return late_ ? std::make_error_code(std::errc::timed_out) : error;
      }
      filled_ += n;
    }
  }

  // Writes a message as it lies in memory: header and body are not joined before.
  template <bool IsRequest> io::task<std::error_code> write(http::message<IsRequest, http::string_body> &message) {
    message.prepare_payload();
    http::serializer<IsRequest, http::string_body> serializer(message);
    std::vector<io::const_buffer> parts;
    allow(limits_.message);
    while (!serializer.is_done()) {
      boost::system::error_code error;
      parts.clear();
      serializer.next(error, [&parts](boost::system::error_code &, auto const &buffers) {
        for (auto const part : boost::beast::buffers_range_ref(buffers)) {
          parts.emplace_back(part.data(), part.size());
        }
      });
      if (error) {
        co_return error;
      }
      auto const [failure, sent] = co_await socket_.write(parts);
      if (failure) {
        co_return late_ ? std::make_error_code(std::errc::timed_out) : failure;
      }
      serializer.consume(sent);
    }
    co_return std::error_code();
  }

  // Runs beside the conversation and cuts it short when its time is out, until the connection is closed.
  io::task<> watch() {
    while (socket_.is_open()) {
      auto const [cancelled] = co_await timer_.wait();
      if (std::exchange(has_new_limit_, false)) {
        continue;
      }
      if (cancelled) {
        co_return; // closed, or stopped
      }
      late_ = true;
      timer_.expires_at(io::steady_timer::clock::time_point::max());
      socket_.cancel();
    }
  }

  void close() {
    socket_.close();
    timer_.cancel();
  }

  // Without the parser, for clients that do not behave.
  io::task<std::error_code> write_raw(std::string_view text) {
    auto const [error, n] = co_await socket_.write(io::buffer(text));
    co_return error;
  }

private:
  void allow(std::chrono::milliseconds time) {
    late_ = false;
    has_new_limit_ = true;
    timer_.expires_after(time); // lets the wait in watch() end, which begins again with the new time
  }

  io::tcp_socket socket_;
  io::steady_timer timer_;
  limits limits_;
  bool has_new_limit_ = false;
  bool late_ = false;
  buffer_pool &buffers_;
  std::unique_ptr<buffer_pool::buffer> memory_; // while something is read, or was
  std::size_t filled_ = 0;
};

struct tally {
  int connections = 0;
  int requests = 0;
  int rejected = 0;
  int timed_out = 0;
  int failed = 0;
};

// Whether the parser has said that this is no HTTP.
bool is_malformed(std::error_code error) {
  return error.category() == std::error_code(http::make_error_code(http::error::bad_method)).category();
}

// The pages of the server.
response answer_to(request const &asked) {
  response answer(http::status::ok, asked.version());
  if (asked.method() == http::verb::get && asked.target() == "/hello") {
    answer.body() = "hello\n";
  } else if (asked.method() == http::verb::post && asked.target() == "/length") {
    answer.body() = std::to_string(asked.body().size()) + '\n';
  } else {
    answer.result(http::status::not_found);
  }
  answer.keep_alive(asked.keep_alive());
  return answer;
}

// One request and its response. Returns whether there may be another one.
io::task<bool> answer_one(connection &with, tally &server) {
  http::request_parser<http::string_body> parser;
  std::error_code const error = co_await with.read(parser);
  response answer;
  if (!error) {
    ++server.requests;
    answer = answer_to(parser.get());
  } else if (error == std::errc::timed_out && parser.got_some()) {
    ++server.timed_out;
    answer.result(http::status::request_timeout);
    answer.keep_alive(false);
  } else if (is_malformed(error)) {
    ++server.rejected;
    answer.result(http::status::bad_request);
    answer.keep_alive(false);
  } else {
    server.timed_out += error == std::errc::timed_out;
    co_return false; // nobody has asked anything
  }
  std::error_code const not_sent = co_await with.write(answer);
  co_return !not_sent && answer.keep_alive();
}

io::task<> answer_all(connection &with, tally &server) {
  bool more = true;
  while (more) {
    more = co_await answer_one(with, server);
  }
  with.close();
}

io::task<> session(io::io_context &context, io::tcp_socket socket, limits at_most, buffer_pool &buffers,
                   tally &server) {
  connection with(context, std::move(socket), at_most, buffers);
  // Tasks are senders: when_all runs both on the executor of this one and with its stop token.
  co_await ex::when_all(answer_all(with, server), with.watch());
}

// Accepts connections until the stop token, which every operation below gets to see, asks for an end.
io::task<> serve(io::io_context &context, io::tcp_acceptor acceptor, limits at_most, buffer_pool &buffers,
                 tally &server, snug::inplace_stop_token stop) {
  for (;;) {
    auto [error, socket] = co_await acceptor.accept();
    if (error) {
      co_return;
    }
    ++server.connections;
    io::async_run(
        context.get_executor(), session(context, std::move(socket), at_most, buffers, server), [] {},
        [&server](std::exception_ptr) { ++server.failed; }, stop);
  }
}

// One question of a client, and the answer.
io::task<> ask(connection &with, http::verb verb, std::string_view target, std::string_view body, bool last = false) {
  request question(verb, {target.data(), target.size()}, 11);
  question.set(http::field::host, "localhost");
  question.body() = body;
  question.keep_alive(!last);
  std::error_code error = co_await with.write(question);
  http::response_parser<http::string_body> parser;
  if (!error) {
    error = co_await with.read(parser);
  }
  std::string const asked = std::string(question.method_string()) + ' ' + std::string(target);
  if (error) {
    std::printf("%s: %s\n", asked.c_str(), error.message().c_str());
    co_return;
  }
  response const answer = parser.release();
  std::printf("%s: %u, %zu bytes, %s\n", asked.c_str(), answer.result_int(), answer.body().size(),
              answer.keep_alive() ? "kept alive" : "closed");
}

io::task<> well_behaved(connection &with) {
  co_await ask(with, http::verb::get, "/hello", "");
  co_await ask(with, http::verb::post, "/length", "some forty bytes, or a few more or fewer");
  co_await ask(with, http::verb::get, "/nowhere", "");
  co_await ask(with, http::verb::get, "/hello", "", true);
  with.close();
}

// Sends what is no request, and tells what the server makes of it.
io::task<> ill_behaved(connection &with, std::string_view what, std::string_view text) {
  std::error_code error = co_await with.write_raw(text);
  http::response_parser<http::string_body> parser;
  if (!error) {
    error = co_await with.read(parser);
  }
  if (error) {
    std::printf("%s: %s\n", std::string(what).c_str(), error.message().c_str());
  } else {
    std::printf("%s: %u\n", std::string(what).c_str(), parser.get().result_int());
  }
  with.close();
}

template <class Talk> io::task<> client(io::io_context &context, io::tcp_endpoint server, Talk talk) {
  io::tcp_socket socket(context);
  auto const [refused] = co_await socket.connect(server);
  if (refused) {
    std::printf("cannot connect: %s\n", refused.message().c_str());
    co_return;
  }
  buffer_pool buffers;
  connection with(context, std::move(socket), {10s, 10s}, buffers);
  co_await ex::when_all(talk(with), with.watch());
}

// Servers with different patience: one for those who behave, one each that shows what happens to the others.
struct endpoints {
  io::tcp_endpoint patient, short_of_message, short_of_idle;
};

io::task<> visit(io::io_context &context, endpoints servers) {
  co_await client(context, servers.patient, [](connection &with) { return well_behaved(with); });
  co_await client(context, servers.patient,
                  [](connection &with) { return ill_behaved(with, "nonsense", "coffee, please\r\n\r\n"); });
  co_await client(context, servers.short_of_message,
                  [](connection &with) { return ill_behaved(with, "half a request", "GET /hello HT"); });
  co_await client(context, servers.short_of_idle, [](connection &with) { return ill_behaved(with, "silence", ""); });
}

int main() {
  tally server;
  buffer_pool buffers;
  snug::inplace_stop_source stop;
  io::io_context context;
  auto const listen = [&](limits at_most) {
    io::tcp_acceptor acceptor(context);
    auto error = acceptor.listen({io::ip_address::loopback_v4(), 0});
    auto const [not_bound, address] = acceptor.local_endpoint();
    error = error ? error : not_bound;
    if (error) {
      throw std::system_error(error, "cannot listen");
    }
    io::async_run(
        context.get_executor(), serve(context, std::move(acceptor), at_most, buffers, server, stop.get_token()), [] {},
        [&server](std::exception_ptr) { ++server.failed; }, stop.get_token());
    return address;
  };
  endpoints const servers{listen({10s, 10s}), listen({10s, 50ms}), listen({50ms, 10s})};
  // The servers end with the last client.
  io::async_run(context.get_executor(), visit(context, servers), [&stop] { stop.request_stop(); });
  context.run_for(30s);
  std::printf("server: %d connections, %d requests, %d rejected, %d timed out, %d failed\n", server.connections,
              server.requests, server.rejected, server.timed_out, server.failed);
}
