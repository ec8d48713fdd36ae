// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Both operations of one stream, and its use as either half.
#include "every_operation.hpp"

#include <string>
#include <type_traits>

namespace {

using namespace snug_test;

using reading = erased<io::basic_any_read_stream, operation::read_some>;
using writing = erased<io::basic_any_write_stream, operation::write_some>;

TEST(AnyStream, ReadsWhileAWriteIsPending) {
  script what;
  what.ready = false;
  surroundings around;
  outcome read;
  outcome written;
  io::any_stream stream{scripted_stream<>(what)};
  auto writer = repeat<writing, io::executor_ptr>(stream, written);
  writer.start(around);
  io::coro const waiting_writer = what.waiting;
  auto reader = repeat<reading, io::executor_ptr>(stream, read);
  reader.start(around);
  EXPECT_EQ(what.pending(), 2);
  what.go_on();
  EXPECT_TRUE(reader.done());
  EXPECT_EQ(what.pending(), 1);
  waiting_writer.resume();
  EXPECT_TRUE(writer.done());
  EXPECT_EQ(what.written, "xyz");
  EXPECT_EQ(read.last.value, 3U);
}

TEST(AnyStream, GivesUpBothOperations) {
  script what;
  what.ready = false;
  surroundings around;
  outcome seen;
  auto stream = std::make_unique<io::any_stream>(scripted_stream<>(what));
  auto writer = repeat<writing, io::executor_ptr>(*stream, seen);
  writer.start(around);
  auto reader = repeat<reading, io::executor_ptr>(*stream, seen);
  reader.start(around);
  stream.reset();
  EXPECT_EQ(what.pending(), 0);
  EXPECT_EQ(what.streams_destroyed, 1);
}

TEST(AnyStream, AssigningGivesUpBothOperations) {
  script what;
  script other;
  what.ready = false;
  surroundings around;
  outcome seen;
  io::any_stream stream{scripted_stream<>(what)};
  auto writer = repeat<writing, io::executor_ptr>(stream, seen);
  writer.start(around);
  auto reader = repeat<reading, io::executor_ptr>(stream, seen);
  reader.start(around);
  stream = io::any_stream(scripted_stream<>(other));
  EXPECT_EQ(what.pending(), 0);
  EXPECT_EQ(what.streams_destroyed, 1);
  EXPECT_EQ(other.streams_destroyed, 0);
}

// A half that were taken from the stream would leave the other without its block.
TEST(AnyStream, IsErasedAgainAsAHalf) {
  script what;
  surroundings around;
  outcome seen;
  io::any_read_stream half(io::any_stream{scripted_stream<>(what)});
  auto coroutine = repeat<reading, io::executor_ptr>(half, seen);
  coroutine.start(around);
  EXPECT_EQ(seen.last.value, 3U);
  static_assert(!std::is_assignable_v<io::any_read_stream &, io::any_stream>);
  static_assert(!std::is_assignable_v<io::any_write_stream &, io::any_stream>);
}

} // namespace
