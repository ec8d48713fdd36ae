// Padding, pointers and cache lines of aggregates; lit-tests/layout/header.sh.cpp holds the same figures to the
// verifier. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/layout.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

namespace {

namespace lay = snug::layout;

struct empty {};
struct dense {
  std::uint32_t a;
  std::uint16_t b, c;
};
struct loose {
  char c;
  std::uint32_t i;
  char d;
};
struct outer {
  loose l;
  char c;
  std::array<loose, 2> two;
  empty e;
};
static_assert(lay::holes<dense> == 0 && lay::tail_padding<dense> == 0 && lay::padding<dense> == 0);
static_assert(lay::holes<loose> == 3 && lay::tail_padding<loose> == 3 && lay::padding<loose> == 6);
static_assert(lay::holes<empty> == 0 && lay::tail_padding<empty> == 1 && lay::padding<empty> == 1);
static_assert(lay::holes<outer> == 3 && lay::tail_padding<outer> == 3);
static_assert(lay::padding<outer> == 3 + 3 + 6 + 2 * 6 + 1);

struct node {
  node *next;
  std::array<void *, 2> links;
  struct {
    void (*f)();
    long id;
  } callback;
  int node::*member;
  std::string name;
};
static_assert(lay::pointer_slots<node> == 4 && lay::opaque_fields<node> == 1);
static_assert(lay::pointer_slots<loose> == 0 && lay::opaque_fields<outer> == 0);

struct wide {
  std::array<char, 60> head;
  std::array<char, 8> across;
  std::array<char, 128> body;
};
static_assert(lay::cache_lines<wide> == 4 && lay::cache_lines<char> == 1 &&
              lay::cache_lines<std::array<char, 64>> == 1);
static_assert(lay::field_cache_line<wide, 0> == 0 && lay::field_cache_line<wide, 1> == 0);
static_assert(lay::field_cache_line<wide, 2> == 1);
static_assert(!lay::field_straddles<wide, 0> && lay::field_straddles<wide, 1> && lay::field_straddles<wide, 2>);

// The compiler itself counts padding: a value-initialised copy assigned member by member leaves it alone.
TEST(Padding, IsWhatMembersDoNotTouch) {
  alignas(outer) std::array<unsigned char, sizeof(outer)> bytes;
  bytes.fill(0xAA);
  auto touch = [&](std::size_t offset, std::size_t size) { std::memset(bytes.data() + offset, 0, size); };
  auto touch_loose = [&](std::size_t at) {
    touch(at + lay::field_offset<loose, 0>, 1);
    touch(at + lay::field_offset<loose, 1>, 4);
    touch(at + lay::field_offset<loose, 2>, 1);
  };
  touch_loose(lay::field_offset<outer, 0>);
  touch(lay::field_offset<outer, 1>, 1);
  touch_loose(lay::field_offset<outer, 2>);
  touch_loose(lay::field_offset<outer, 2> + sizeof(loose));
  std::size_t untouched = 0;
  for (unsigned char byte : bytes)
    untouched += byte == 0xAA;
  EXPECT_EQ(untouched, lay::padding<outer>);
}

} // namespace
