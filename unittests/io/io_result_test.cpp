// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of io_result and of our own error codes.
#include <snug/io/error.hpp>
#include <snug/io/io_result.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <system_error>

namespace io = snug::io;

namespace {

static_assert(sizeof(io::io_result<>) == 16 && sizeof(io::io_result<std::size_t>) == 24);

TEST(IoResult, Unfolds) {
  auto [none] = io::io_result<>{};
  EXPECT_FALSE(none);
  auto const [ec, n] = io::io_result<std::size_t>{io::error::eof, 7};
  EXPECT_EQ(ec, io::error::eof);
  EXPECT_EQ(n, 7U);
  auto [done, number, text] = io::io_result<int, std::string>{{}, 1, "x"};
  EXPECT_FALSE(done);
  EXPECT_EQ(number, 1);
  EXPECT_EQ(text, "x");
}

TEST(IoResult, IsEmptyByDefault) {
  EXPECT_EQ((io::io_result<std::size_t>{}), (io::io_result<std::size_t>{std::error_code(), 0}));
  EXPECT_NE((io::io_result<>{}), (io::io_result<>{std::make_error_code(std::errc::operation_canceled)}));
}

// A static object with a constructor that does I/O.
std::error_code const early_copy = io::no_error;

TEST(IoError, KnowsNoneBeforeStaticObjectsAreMade) {
  EXPECT_EQ(early_copy, std::error_code());
  EXPECT_EQ(&early_copy.category(), &std::system_category());
}

TEST(IoError, SaysWhatItIs) {
  std::error_code const eof = io::error::eof;
  EXPECT_EQ(eof.message(), "end of file");
  EXPECT_STREQ(eof.category().name(), "snug.io");
  EXPECT_NE(std::error_code(io::error::not_found).message(), eof.message());
  EXPECT_EQ(std::error_code(99, io::error_category()).message(), "unknown error 99");
}

} // namespace
