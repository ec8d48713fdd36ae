// The JSON form: one object per record with bases and fields, offsets in bytes from the start of the record.
// RUN: %snug layout %s --format=json --type='^shape$' -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace %s
// RUN: %snug layout %s --format=json --type='^shape$' --depth=0 -- -std=c++20 | FileCheck --check-prefix=FLAT --implicit-check-not=fields %s
struct tag {};
struct point {
  point();
  int x;
  char y;
};
struct shape : point {
  virtual void draw();
  unsigned colour : 4;
  [[no_unique_address]] tag t;
  union {
    int i;
  };
};

//      CHECK: {
// CHECK-NEXT:   "schema": 1,
// CHECK-NEXT:   "records": [
// CHECK-NEXT:     {
// CHECK-NEXT:       "name": "shape",
// CHECK-NEXT:       "tag": "struct",
// CHECK-NEXT:       "location": {
// CHECK-NEXT:         "file": "{{.*}}json.sh.cpp",
// CHECK-NEXT:         "line": 10,
// CHECK-NEXT:         "column": 8
// CHECK-NEXT:       },
// CHECK-NEXT:       "size": 24,
// CHECK-NEXT:       "align": 8,
// CHECK-NEXT:       "data_size": 20,
// CHECK-NEXT:       "non_virtual_size": 20,
// CHECK-NEXT:       "cache_lines": 1,
// CHECK-NEXT:       "empty": false,
// CHECK-NEXT:       "standard_layout": false,
// CHECK-NEXT:       "not_standard_layout": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "id": "sl-two-classes",
// CHECK-NEXT:           "text": "because 'shape' declares 'colour' and its base 'point' declares 'x'",
// CHECK-NEXT:           "location": {
// CHECK:                 "line": 7,
// CHECK:                "id": "sl-virtual-function",
// CHECK-NEXT:           "text": "because 'draw' is virtual",
// CHECK:            "bases": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "name": "point",
// CHECK-NEXT:           "type": "point",
// CHECK-NEXT:           "kind": "base",
// CHECK-NEXT:           "offset": 8,
// CHECK-NEXT:           "size": 8,
// CHECK-NEXT:           "occupied": 5,
// CHECK-NEXT:           "interconvertible": false,
// CHECK-NEXT:           "bases": [],
// CHECK-NEXT:           "fields": [
// CHECK-NEXT:             {
// CHECK-NEXT:               "name": "x",
// CHECK-NEXT:               "type": "int",
// CHECK-NEXT:               "kind": "field",
// CHECK-NEXT:               "offset": 8,
// CHECK:            "fields": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "name": "colour",
// CHECK-NEXT:           "type": "unsigned int",
// CHECK-NEXT:           "kind": "bit_field",
// CHECK-NEXT:           "offset": 13,
// CHECK-NEXT:           "size": 4,
// CHECK-NEXT:           "bit_offset": 0,
// CHECK-NEXT:           "bit_width": 4,
// CHECK-NEXT:           "interconvertible": false,
// CHECK-NEXT:           "in_tail_padding_of": "point"
// CHECK-NEXT:         },
// CHECK-NEXT:         {
// CHECK-NEXT:           "name": "t",
// CHECK-NEXT:           "type": "tag",
// CHECK-NEXT:           "kind": "field",
// CHECK-NEXT:           "offset": 0,
// CHECK-NEXT:           "size": 1,
// CHECK-NEXT:           "occupied": 0,
// CHECK-NEXT:           "interconvertible": false,
// CHECK-NEXT:           "empty": true,
// CHECK-NEXT:           "no_unique_address": true
// CHECK-NEXT:         },
// CHECK-NEXT:         {
// CHECK-NEXT:           "name": "(anonymous union)",
// CHECK:                "kind": "anonymous_union",
// CHECK-NEXT:           "offset": 16,
// CHECK:            "hidden": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "name": "vptr",
// CHECK-NEXT:           "type": "vtable pointer",
// CHECK-NEXT:           "kind": "vptr",
// CHECK-NEXT:           "offset": 0,
// CHECK:            "holes": [
// CHECK-NEXT:         {
// CHECK-NEXT:           "in": "shape",
// CHECK-NEXT:           "offset": 13,
// CHECK-NEXT:           "bit_offset": 4,
// CHECK-NEXT:           "bits": 20,
// CHECK-NEXT:           "times": 1,
// CHECK-NEXT:           "tail": false
// CHECK-NEXT:         }
// CHECK-NEXT:       ],
// CHECK-NEXT:       "hole_bits": 20,
// CHECK-NEXT:       "tail_padding": 4,
// CHECK-NEXT:       "tail_padding_bits": 32,
// CHECK-NEXT:       "padding_bits": 52
// CHECK-NEXT:     }
// CHECK-NEXT:   ]
// CHECK-NEXT: }

// FLAT: "name": "shape"
