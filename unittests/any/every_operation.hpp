// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every operation of every type-erased stream, behind one interface.
#ifndef SNUG_UNITTESTS_ANY_EVERY_OPERATION_HPP
#define SNUG_UNITTESTS_ANY_EVERY_OPERATION_HPP

#include "scripted_stream.hpp"
#include "support.hpp"

#include <snug/any.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <utility>

namespace snug_test {

template <template <class> class Wrapper, operation Operation> struct erased {
  template <class Handle> using wrapper = Wrapper<Handle>;
  static constexpr operation what = Operation;
  static constexpr bool reads = Operation == operation::read_some || Operation == operation::read;
  // Whether an operation without bytes is asked of the stream all the same.
  static constexpr bool passes_empty_on = std::is_same_v<Wrapper<io::executor_ptr>, io::any_read_stream> ||
                                          (reads && std::is_same_v<Wrapper<io::executor_ptr>, io::any_stream>) ||
                                          Operation == operation::write_last || Operation == operation::write_eof;
  // Whether the inner awaitable is made before the coroutine is suspended.
  static constexpr bool made_when_asked = reads && !std::is_same_v<Wrapper<io::executor_ptr>, io::any_read_source>;
  static constexpr std::size_t bytes_of_three = Operation == operation::write_eof ? 0 : 3;

  template <class Handle> static auto begin(Wrapper<Handle> &stream, char *memory, std::size_t size) {
    if constexpr (Operation == operation::read_some) {
      return stream.read_some(io::mutable_buffer(memory, size));
    } else if constexpr (Operation == operation::read) {
      return stream.read(io::mutable_buffer(memory, size));
    } else if constexpr (Operation == operation::write_some) {
      return stream.write_some(io::const_buffer(memory, size));
    } else if constexpr (Operation == operation::write) {
      return stream.write(io::const_buffer(memory, size));
    } else if constexpr (Operation == operation::write_last) {
      return stream.write_eof(io::const_buffer(memory, size));
    } else {
      return stream.write_eof();
    }
  }

  static io::io_result<std::size_t> result(io::io_result<std::size_t> from) { return from; }
  static io::io_result<std::size_t> result(io::io_result<> from) { return {from.ec, 0}; }
};

using every_operation = testing::Types<
    erased<io::basic_any_read_stream, operation::read_some>, erased<io::basic_any_write_stream, operation::write_some>,
    erased<io::basic_any_stream, operation::read_some>, erased<io::basic_any_stream, operation::write_some>,
    erased<io::basic_any_read_source, operation::read_some>, erased<io::basic_any_read_source, operation::read>,
    erased<io::basic_any_write_sink, operation::write_some>, erased<io::basic_any_write_sink, operation::write>,
    erased<io::basic_any_write_sink, operation::write_last>, erased<io::basic_any_write_sink, operation::write_eof>>;

// A coroutine that runs one operation over and over, and notes what it yields.
struct outcome {
  io::io_result<std::size_t> last{};
  int count = 0;
};
template <class Erased, class Handle>
fiber<Handle> repeat(typename Erased::template wrapper<Handle> &stream, outcome &seen, int times = 1,
                     std::size_t size = 3) {
  char memory[64] = "xyz";
  for (int i = 0; i != times; ++i) {
    auto const result = co_await Erased::begin(stream, memory, size);
    seen.last = Erased::result(result);
    ++seen.count;
  }
}

} // namespace snug_test

#endif
