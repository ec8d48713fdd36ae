// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A filter between a program and its connection, as TLS is one: type-erased streams over type-erased streams.
//
// The filter shakes hands, puts what is written into records, garbles them, and tells an orderly end from a connection
// that was cut. It is no security: who knows this file reads everything. What it shows is where such a filter goes: the
// program below reads and writes an any_stream, and is the same over no filter, over one, and over several.
#include <snug/any.hpp>
#include <snug/io.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace io = snug::io;
using namespace std::chrono_literals;

// All of a buffer, in as many parts as the stream likes.
io::task<std::error_code> read_all(io::any_stream &from, io::mutable_buffer into) {
  while (into.size() != 0) {
    auto const [error, n] = co_await from.read_some(into);
    if (error) {
      co_return error;
    }
    into += n;
  }
  co_return std::error_code();
}
io::task<std::error_code> write_all(io::any_stream &to, io::const_buffer bytes) {
  while (bytes.size() != 0) {
    auto const [error, n] = co_await to.write_some(bytes);
    if (error) {
      co_return error;
    }
    bytes += n;
  }
  co_return std::error_code();
}

// Garbles bytes, and makes them what they were when it is begun with the same seed.
class toy_cipher {
public:
  explicit toy_cipher(std::uint64_t seed = 1) noexcept : state_(seed | 1) {}

  void apply(std::span<unsigned char> bytes) noexcept {
    for (unsigned char &byte : bytes) {
      state_ ^= state_ << 13; // Marsaglia's xorshift
      state_ ^= state_ >> 7;
      state_ ^= state_ << 17;
      byte = static_cast<unsigned char>(byte ^ (state_ >> 56));
    }
  }

private:
  std::uint64_t state_;
};

// A stream of records over any stream. Reading and writing may be pending at the same time, as below.
class record_stream {
public:
  explicit record_stream(io::any_stream below) noexcept : below_(std::move(below)) {}

  // Both sides at once: each sends a number, and garbles what it writes by both. A real one would be drawn by lot.
  io::task<std::error_code> shake_hands(std::uint64_t own_number) {
    std::array<unsigned char, 8> own{};
    for (std::size_t i = 0; i != own.size(); ++i) {
      own[i] = static_cast<unsigned char>(own_number >> (8 * i));
    }
    std::error_code error = co_await write_record(kind::hello, own);
    if (!error) {
      error = co_await read_record();
    }
    if (error) {
      co_return error;
    }
    if (incoming_kind_ != kind::hello || unread_.size() != own.size()) {
      co_return std::make_error_code(std::errc::protocol_error);
    }
    std::uint64_t other_number = 0;
    for (std::size_t i = 0; i != unread_.size(); ++i) {
      other_number |= std::uint64_t{unread_[i]} << (8 * i);
    }
    unread_ = {};
    reads_ = toy_cipher(own_number + 3 * other_number);
    writes_ = toy_cipher(other_number + 3 * own_number);
    co_return std::error_code();
  }

  io::task<io::io_result<std::size_t>> read_some(std::span<io::mutable_buffer const> into) {
    while (unread_.empty() && !io::buffer_empty(into)) {
      if (incoming_kind_ == kind::end) {
        co_return {io::error::eof, 0};
      }
      std::error_code const error = co_await read_record();
      if (error) {
        // Without a last record this is no end: somebody may have cut off what was still to come.
        co_return {error == io::error::eof ? std::make_error_code(std::errc::connection_aborted) : error, 0};
      }
    }
    std::size_t const n = io::buffer_copy(into, io::buffer(unread_));
    unread_ = unread_.subspan(n);
    co_return {{}, n};
  }

  io::task<io::io_result<std::size_t>> write_some(std::span<io::const_buffer const> from) {
    std::array<unsigned char, longest> bytes;
    std::size_t const n = io::buffer_copy(io::buffer(bytes), from);
    std::error_code const error = co_await write_record(kind::data, std::span(bytes).first(n));
    co_return {error, error ? 0 : n};
  }

  // Says that nothing more follows.
  io::task<std::error_code> finish() { return write_record(kind::end, {}); }

private:
  enum class kind : unsigned char { hello, data, end };
  static constexpr std::size_t longest = 255;
  static constexpr std::size_t header = 2; // kind and length

  io::task<std::error_code> read_record() {
    std::error_code error = co_await read_all(below_, io::buffer(incoming_.data(), header));
    if (error) {
      co_return error;
    }
    auto const body = std::span(incoming_).subspan(header, incoming_[1]);
    error = co_await read_all(below_, io::buffer(body.data(), body.size()));
    if (error) {
      co_return error;
    }
    if (incoming_[0] > static_cast<unsigned char>(kind::end)) {
      co_return std::make_error_code(std::errc::protocol_error);
    }
    reads_.apply(body);
    incoming_kind_ = static_cast<kind>(incoming_[0]);
    unread_ = body;
    co_return std::error_code();
  }

  io::task<std::error_code> write_record(kind which, std::span<unsigned char const> body) {
    outgoing_[0] = static_cast<unsigned char>(which);
    outgoing_[1] = static_cast<unsigned char>(body.size());
    auto const garbled = std::span(outgoing_).subspan(header, body.size());
    std::copy(body.begin(), body.end(), garbled.begin());
    writes_.apply(garbled);
    return write_all(below_, io::buffer(outgoing_.data(), header + body.size()));
  }

  io::any_stream below_;
  toy_cipher reads_;
  toy_cipher writes_;
  kind incoming_kind_ = kind::hello;
  std::span<unsigned char const> unread_; // what of incoming_ has not been read
  std::array<unsigned char, header + longest> incoming_;
  std::array<unsigned char, header + longest> outgoing_;
};

// What lies on the wire: remembers every byte, and lets through five at a time, so that no record arrives in one piece.
class tapped_wire {
public:
  tapped_wire(io::unix_stream wire, std::string &seen) noexcept : wire_(std::move(wire)), seen_(&seen) {}

  auto read_some(std::span<io::mutable_buffer const> into) noexcept {
    return wire_.read_some(io::mutable_buffer(into[0].data(), std::min<std::size_t>(into[0].size(), 5)));
  }
  io::task<io::io_result<std::size_t>> write_some(std::span<io::const_buffer const> from) {
    io::const_buffer const part(from[0].data(), std::min<std::size_t>(from[0].size(), 5));
    auto const result = co_await wire_.write_some(part);
    seen_->append(static_cast<char const *>(part.data()), result.value);
    co_return result;
  }

private:
  io::unix_stream wire_;
  std::string *seen_;
};

constexpr std::string_view text = "Whoever reads this on the wire has not been kept from it. ";
constexpr int times = 10;

// The program, which knows nothing of filters.
io::task<std::error_code> say(io::any_stream stream) {
  for (int i = 0; i != times; ++i) {
    std::error_code const error = co_await write_all(stream, io::buffer(text));
    if (error) {
      co_return error;
    }
  }
  co_return std::error_code();
}
io::task<std::error_code> hear(io::any_stream stream, std::string &heard) {
  std::array<char, 64> memory;
  for (;;) {
    auto const [error, n] = co_await stream.read_some(io::buffer(memory));
    heard.append(memory.data(), n);
    if (error) {
      co_return error;
    }
  }
}

// Puts filters below the program: each over the stream that the one before has become.
io::task<std::error_code> say_through(io::any_stream below, int filters, bool orderly) {
  if (filters == 0) {
    co_return co_await say(std::move(below));
  }
  record_stream records(std::move(below));
  std::error_code error = co_await records.shake_hands(41);
  if (!error) {
    error = co_await say_through(io::any_stream(&records), filters - 1, orderly);
  }
  if (!error && orderly) {
    error = co_await records.finish();
  }
  co_return error;
}
io::task<std::error_code> hear_through(io::any_stream below, int filters, std::string &heard) {
  if (filters == 0) {
    co_return co_await hear(std::move(below), heard);
  }
  record_stream records(std::move(below));
  std::error_code const error = co_await records.shake_hands(43);
  if (error) {
    co_return error;
  }
  std::error_code const end = co_await hear_through(io::any_stream(&records), filters - 1, heard);
  // The end of what is inside is not yet that of the records around it.
  char surplus = 0;
  std::array<io::mutable_buffer, 1> const rest{io::buffer(&surplus, 1)};
  auto const [own_end, n] = co_await records.read_some(rest);
  co_return end == io::error::eof ? own_end : end;
}

void show(int filters, bool orderly) {
  std::string heard;
  std::string seen;
  std::string unused;
  std::error_code said;
  std::error_code end;
  io::io_context context;
  auto [error, one, other] = io::make_unix_pair(context);
  if (error) {
    std::printf("no connection: %s\n", error.message().c_str());
    return;
  }
  auto const ex = context.get_executor();
  io::async_run(ex, say_through(io::any_stream(tapped_wire(std::move(one), seen)), filters, orderly),
                [&](std::error_code e) { said = e; });
  io::async_run(ex, hear_through(io::any_stream(tapped_wire(std::move(other), unused)), filters, heard),
                [&](std::error_code e) { end = e; });
  context.run_for(30s);
  std::printf("%d filter%s: %s, %zu bytes heard, %zu on the wire, %s there; then: %s\n", filters,
              filters == 1 ? "" : "s", said ? said.message().c_str() : "all said", heard.size(), seen.size(),
              seen.find(text) == std::string::npos ? "garbled" : "readable", end.message().c_str());
}

int main() {
  show(0, true);
  show(1, true);
  show(3, true);
  show(1, false);
}
