// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads until certain bytes have come, from any stream.
#ifndef SNUG_IO_READ_UNTIL_HPP
#define SNUG_IO_READ_UNTIL_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/detail/composed.hpp>
#include <snug/io/error.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/task.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

template <class Stream> struct read_until_steps {
  // How much is read at once, at least.
  static constexpr std::size_t piece = 512;

  bool at_once(transferred &result) const { return found(bytes, delimiter, 0, most, result); }
  template <class Handle> basic_task<Handle, transferred> run() const {
    return loop<Handle>(stream, bytes, delimiter, most);
  }

  // Whether there is nothing more to read for: the delimiter is there, or there is no room for it.
  static bool found(std::string const &in, std::string const &wanted, std::size_t from, std::size_t limit,
                    transferred &result) {
    std::size_t const at = std::string_view(in).substr(0, limit).find(wanted, from);
    if (at != std::string_view::npos) {
      result.value = at + wanted.size();
      return true;
    }
    if (in.size() >= limit) {
      result.ec = error::not_found;
      return true;
    }
    return false;
  }

  template <class Handle>
  static basic_task<Handle, transferred> loop(Stream &from, std::string &into, std::string wanted, std::size_t limit) {
    transferred result;
    for (std::size_t searched = 0; !found(into, wanted, searched, limit, result);) {
      // What may be the beginning of the delimiter is looked at again.
      std::size_t const before = into.size();
      searched = before < wanted.size() ? 0 : before - wanted.size() + 1;
      into.resize(std::min(limit, std::max(into.capacity(), before + piece)));
      mutable_buffer const room(into.data() + before, into.size() - before);
      auto operation = from.read_some(room);
      auto const [ec, n] = co_await operation;
      into.resize(before + n);
      if (ec) {
        result.ec = ec;
        break;
      }
    }
    co_return result;
  }

  Stream &stream;
  std::string &bytes;
  std::string delimiter;
  std::size_t most;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

namespace snug::io::inline SNUG_ABI_NAMESPACE {

/// Reads until the delimiter is in the string: `auto [ec, n] = co_await read_until(stream, line, "\r\n");`
///
/// n is how many bytes of the string end with the delimiter; what the stream had behind it follows. Take the n bytes out
/// before the next read_until, which looks at what is there first, and completes at once where that will do.
/// State:      a frame while it waits, from the same place as those of tasks; the string grows.
/// Lifetime:   the stream and the string outlive it; the delimiter is copied.
/// Errors:     those of the stream, error::eof among them; error::not_found where there are `most` bytes without the
///             delimiter; n is 0, and what was read is in the string.
template <class Stream>
auto read_until(Stream &from, std::string &into, std::string_view delimiter,
                std::size_t most = static_cast<std::size_t>(-1) / 2) {
  return detail::composed(detail::read_until_steps<Stream>{from, into, std::string(delimiter), most});
}

} // namespace snug::io::inline SNUG_ABI_NAMESPACE

#endif
