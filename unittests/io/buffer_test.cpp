// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of buffers and their sequences.
#include <snug/io/buffer.hpp>

#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace io = snug::io;

namespace {

static_assert(sizeof(io::const_buffer) == 16 && sizeof(io::mutable_buffer) == 16);
static_assert(io::mutable_buffer_sequence<io::mutable_buffer> && io::const_buffer_sequence<io::mutable_buffer>);
static_assert(!io::mutable_buffer_sequence<io::const_buffer> && io::const_buffer_sequence<io::const_buffer>);
static_assert(io::mutable_buffer_sequence<std::vector<io::mutable_buffer>>);
static_assert(io::const_buffer_sequence<std::list<io::mutable_buffer>>);
static_assert(io::const_buffer_sequence<io::const_buffer[2]> && !io::mutable_buffer_sequence<io::const_buffer[2]>);
static_assert(!io::const_buffer_sequence<int> && !io::const_buffer_sequence<std::vector<int>>);

TEST(Buffer, IsMadeOfWhatHoldsBytes) {
  int numbers[3] = {};
  EXPECT_EQ(io::buffer(numbers).size(), sizeof(numbers));
  static_assert(std::same_as<decltype(io::buffer(numbers)), io::mutable_buffer>);
  std::string text = "abc";
  static_assert(std::same_as<decltype(io::buffer(text)), io::mutable_buffer>);
  EXPECT_EQ(io::buffer(text).data(), text.data());
  static_assert(std::same_as<decltype(io::buffer(std::as_const(text))), io::const_buffer>);
  static_assert(std::same_as<decltype(io::buffer(std::string_view("x"))), io::const_buffer>);
  static_assert(std::same_as<decltype(io::buffer("x")), io::const_buffer>);
  EXPECT_EQ(io::buffer(std::vector<short>(4)).size(), 8U);
  std::array<char const, 2> constant = {'a', 'b'};
  static_assert(std::same_as<decltype(io::buffer(constant)), io::const_buffer>);
  EXPECT_EQ(io::buffer(constant).size(), 2U);
  EXPECT_EQ(io::buffer(text.data(), 2).size(), 2U);
}

TEST(Buffer, LeavesOutItsFirstBytes) {
  char text[] = {'a', 'b', 'c'};
  auto rest = io::buffer(text) + 2;
  EXPECT_EQ(rest.data(), text + 2);
  EXPECT_EQ(rest.size(), 1U);
  rest += 5;
  EXPECT_EQ(rest.size(), 0U);
  EXPECT_EQ(rest.data(), text + 3);
  EXPECT_EQ((io::const_buffer(text, 3) + 1).data(), text + 1);
  EXPECT_EQ((io::mutable_buffer() + 1).size(), 0U);
}

TEST(Buffer, Counts) {
  char bytes[8];
  std::vector<io::mutable_buffer> const two = {{bytes, 3}, {bytes + 3, 5}};
  EXPECT_EQ(io::buffer_size(two), 8U);
  EXPECT_EQ(io::buffer_size(io::buffer(bytes)), 8U);
  EXPECT_EQ(io::buffer_size(std::vector<io::const_buffer>()), 0U);
  EXPECT_TRUE(io::buffer_empty(io::mutable_buffer()));
  EXPECT_TRUE(io::buffer_empty(std::vector<io::const_buffer>(2)));
  EXPECT_FALSE(io::buffer_empty(two));
  io::const_buffer const array[] = {{bytes, 0}, {bytes, 1}};
  EXPECT_FALSE(io::buffer_empty(array));
}

TEST(Buffer, OfAConstSpanIsAsConstAsItsBytes) {
  unsigned char bytes[4] = {};
  std::span<unsigned char> const writable(bytes);
  static_assert(std::is_same_v<decltype(io::buffer(writable)), io::mutable_buffer>);
  static_assert(std::is_same_v<decltype(io::buffer(std::span<unsigned char const>(bytes))), io::const_buffer>);
  static_assert(std::is_same_v<decltype(io::buffer(std::declval<std::string const &>())), io::const_buffer>);
  EXPECT_EQ(io::buffer(writable).data(), bytes);
}

TEST(Buffer, CopiesAcrossBorders) {
  std::string const from = "abcdefgh";
  io::const_buffer const pieces[] = {{from.data(), 3}, {from.data() + 3, 0}, {from.data() + 3, 5}};
  for (std::size_t first = 0; first != 7; ++first) {
    std::string to(6, '-');
    io::mutable_buffer const places[] = {{to.data(), first}, {to.data() + first, 6 - first}};
    EXPECT_EQ(io::buffer_copy(places, pieces), 6U);
    EXPECT_EQ(to, "abcdef");
  }
  std::string to(10, '-');
  EXPECT_EQ(io::buffer_copy(io::buffer(to), pieces), 8U);
  EXPECT_EQ(to, "abcdefgh--");
  EXPECT_EQ(io::buffer_copy(io::buffer(to), io::buffer("xyz"), 2), 2U);
  EXPECT_EQ(to, "xycdefgh--");
  EXPECT_EQ(io::buffer_copy(io::buffer(to), io::buffer("xyz"), 0), 0U);
  EXPECT_EQ(io::buffer_copy(io::mutable_buffer(), pieces), 0U);
}

} // namespace
