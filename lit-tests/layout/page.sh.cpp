// The HTML form is one page: no scripts, nothing loaded, light and dark; its words are those of the text form.
// RUN: %snug layout %s --format=html -- -std=c++20 -target x86_64-linux-gnu > %t.html
// RUN: %python %S/Inputs/check_page.py %t.html | FileCheck %s

template <class T> struct box {
  char tag;
  T value;
  unsigned bits : 3;
};
box<long> full;
struct derived : box<long> {
  box<char> few[3];
  union {
    int i;
    char text[8];
  };
  char rest[40];
};

// CHECK: 3 records
// CHECK: struct box<char>
// CHECK: size 4, align 4, data size 4, 1 cache line, no holes, 1 byte 5 bits of tail padding
// CHECK: struct box<long>
// CHECK: size 24, align 8, data size 24, 1 cache line, 7 bytes in 1 hole, 7 bytes 5 bits of tail padding
// CHECK: what
// CHECK: char tag
// CHECK-NEXT: pointer-interconvertible with the whole
// CHECK-NEXT: 1
// CHECK-NEXT: 7
// CHECK-NEXT: hole: 7 bytes
// CHECK: 16:0
// CHECK-NEXT: 3 bits
// CHECK-NEXT: unsigned int bits
// CHECK: struct derived
// CHECK: cache line 1
// CHECK: not standard-layout because 'derived' declares 'few' and its base 'box<long>' declares 'tag'
