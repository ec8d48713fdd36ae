// The compile-time layout and the verifier say the same of an aggregate: sizes, offsets, holes, tail padding.
// RUN: %snug layout %s --format=json --type='^record$' -- -std=c++20 %include | FileCheck %s
// RUN: %gxx -std=c++20 %include -fsyntax-only %s
#include <snug/layout.hpp>

struct inner {
  char c;
  int i;
  char d;
};
struct record {
  char tag;
  double value;
  inner in;
  void *next;
  short last;
};

namespace lay = snug::layout;
static_assert(sizeof(record) == 48 && lay::padding<record> == 7 + 3 + 3 + 4 + 6);
// CHECK: "size": 48,
// CHECK: "fields": [
static_assert(lay::field_offset<record, 0> == 0);
// CHECK: "name": "tag",
// CHECK: "offset": 0,
static_assert(lay::field_offset<record, 1> == 8);
// CHECK: "name": "value",
// CHECK: "offset": 8,
static_assert(lay::field_offset<record, 2> == 16 && lay::padding<inner> == 6);
// CHECK: "name": "in",
// CHECK: "offset": 16,
// CHECK: "size": 12,
static_assert(lay::field_offset<record, 3> == 32 && lay::pointer_slots<record> == 1);
// CHECK: "name": "next",
// CHECK: "offset": 32,
static_assert(lay::field_offset<record, 4> == 40 && lay::field_size<record, 4> == 2);
// CHECK: "name": "last",
// CHECK: "offset": 40,
// CHECK: "hole_bits": 136,
static_assert(lay::tail_padding<record> == 6);
// CHECK: "tail_padding": 6,
// CHECK: "padding_bits": 184
static_assert(lay::padding<record> * 8 == 184);
