// Members of aggregates as the compile-time layout sees them, against sizeof, alignof and offsetof.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/layout.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>

namespace {

namespace lay = snug::layout;

struct empty {};
struct mixed {
  char c;
  double d;
  short s;
  int *p;
  std::array<char, 3> text;
};
struct nested {
  bool flag;
  mixed inner;
  empty nothing;
  void (*function)(int);
  int nested::*member;
};
struct pinned {
  struct immovable {
    explicit immovable(int) {}
    immovable(immovable &&) = delete;
    int value = 0;
  };
  char c;
  immovable i;
};
struct standard_library {
  std::string text;
  char c;
  std::unique_ptr<int> owner;
  std::tuple<char, int> pair;
};
struct one {
  long double x;
};
struct many {
  char a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v;
  int w;
};

static_assert(lay::field_count<empty> == 0);
static_assert(lay::field_count<mixed> == 5 && lay::field_count<const mixed> == 5);
static_assert(lay::field_count<nested> == 5 && lay::field_count<pinned> == 2 && lay::field_count<one> == 1);
static_assert(lay::field_count<many> == 23 && lay::field_offset<many, 22> == 24);
static_assert(std::is_same_v<lay::field_type<mixed, 1>, double>);
static_assert(std::is_same_v<lay::field_type<nested, 3>, void (*)(int)>);
static_assert(lay::field_size<mixed, 4> == 3 && lay::field_align<mixed, 3> == alignof(int *));

TEST(Fields, OffsetsAreThoseOfOffsetof) {
  EXPECT_EQ((lay::field_offset<mixed, 0>), offsetof(mixed, c));
  EXPECT_EQ((lay::field_offset<mixed, 1>), offsetof(mixed, d));
  EXPECT_EQ((lay::field_offset<mixed, 2>), offsetof(mixed, s));
  EXPECT_EQ((lay::field_offset<mixed, 3>), offsetof(mixed, p));
  EXPECT_EQ((lay::field_offset<mixed, 4>), offsetof(mixed, text));
  EXPECT_EQ((lay::field_offset<nested, 1>), offsetof(nested, inner));
  EXPECT_EQ((lay::field_offset<nested, 2>), offsetof(nested, nothing));
  EXPECT_EQ((lay::field_offset<nested, 3>), offsetof(nested, function));
  EXPECT_EQ((lay::field_offset<nested, 4>), offsetof(nested, member));
  EXPECT_EQ((lay::field_offset<pinned, 1>), offsetof(pinned, i));
}

// offsetof is only conditionally supported for these ([support.types.layout]/1), and addresses of members always are.
TEST(Fields, OffsetsOfNonStandardLayoutAggregatesAreThoseOfAddresses) {
  const standard_library object{};
  auto offset = [&](const auto &member) {
    return static_cast<std::size_t>(reinterpret_cast<const char *>(&member) - reinterpret_cast<const char *>(&object));
  };
  EXPECT_EQ((lay::field_offset<standard_library, 0>), offset(object.text));
  EXPECT_EQ((lay::field_offset<standard_library, 1>), offset(object.c));
  EXPECT_EQ((lay::field_offset<standard_library, 2>), offset(object.owner));
  EXPECT_EQ((lay::field_offset<standard_library, 3>), offset(object.pair));
}

// What cannot be listed is recognised; lit-tests/layout/header-misuse.test has the messages.
namespace misfits {
using lay::detail::obstacle;
using lay::detail::obstacle_of;
union either {
  int a;
  float b;
};
struct derived : empty {
  int x;
};
struct of_data : mixed {};
class guarded {
  [[maybe_unused]] int x = 0;
};
struct made {
  explicit made(int);
};
struct buffer {
  int n;
  char data[8];
};
struct leading {
  char *names[2];
  int n;
};
struct placed {
  char c;
  alignas(8) char d;
};
struct shared {
  [[no_unique_address]] empty e;
  int x;
};
struct refers {
  char &r;
  char c;
};
struct not_an_array {
  mixed m;
  struct {
    int a, b;
  } pair;
  std::array<int, 2> array;
};
static_assert(obstacle_of<either> == obstacle::is_union && obstacle_of<int> == obstacle::not_a_class);
static_assert(obstacle_of<derived> == obstacle::has_base && obstacle_of<of_data> == obstacle::has_base);
static_assert(obstacle_of<guarded> == obstacle::not_an_aggregate && obstacle_of<made> == obstacle::not_an_aggregate);
static_assert(obstacle_of<buffer> == obstacle::has_array && obstacle_of<leading> == obstacle::has_array);
static_assert(obstacle_of<not_an_array> == obstacle::none && obstacle_of<standard_library> == obstacle::none);
static_assert(!lay::detail::has_listed_fields<placed>() && !lay::detail::has_listed_fields<shared>());
static_assert(!lay::detail::has_listed_fields<refers>() && lay::detail::has_listed_fields<not_an_array>());
} // namespace misfits

} // namespace
