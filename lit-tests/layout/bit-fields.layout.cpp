// Bit-fields: bits only for them; unnamed ones hold nothing, width 0 ends the unit ([class.bit]).
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace units {
struct mixed {
  unsigned a : 3;
  unsigned : 2;
  unsigned b : 7;
  bool c : 1;
};
struct breaks {
  char a : 3;
  int : 0;
  char b : 3;
};
struct spills {
  int a : 30;
  int b : 5;
  char c;
};
static_assert(sizeof(mixed) == 4 && sizeof(breaks) == 5 && sizeof(spills) == 8);
} // namespace units
// CHECK-LABEL:struct units::mixed  {{.*}}bit-fields.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:     0:0-2    3 bits  unsigned int a
// CHECK-NEXT:     0:3-4    2 bits  unsigned int (unnamed bit-field)
// CHECK-NEXT:    0:5-11    7 bits  unsigned int b
// CHECK-NEXT:       1:4     1 bit  bool c
// CHECK-NEXT:    1:5-23   19 bits  -- tail padding: 2 bytes 3 bits
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, 2 bits in 1 hole, 2 bytes 3 bits of tail padding
// CHECK-LABEL:struct units::breaks  {{.*}}bit-fields.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:     0:0-2    3 bits  char a
// CHECK-NEXT:    0:3-31   29 bits  -- hole: 3 bytes 5 bits
// CHECK-NEXT:       4:0    0 bits  int (unnamed bit-field)
// CHECK-NEXT:     4:0-2    3 bits  char b
// CHECK-NEXT:     4:3-7    5 bits  -- tail padding: 5 bits
// CHECK-NEXT:  size 5, align 1, data size 5, 1 cache line, 3 bytes 5 bits in 1 hole, 5 bits of tail padding
// CHECK-LABEL:struct units::spills  {{.*}}bit-fields.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:    0:0-29   30 bits  int a
// CHECK-NEXT:     3:6-7    2 bits  -- hole: 2 bits
// CHECK-NEXT:     4:0-4    5 bits  int b
// CHECK-NEXT:     4:5-7    3 bits  -- hole: 3 bits
// CHECK-NEXT:         5         1  char c
// CHECK-NEXT:         6         2  -- tail padding: 2 bytes
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, 5 bits in 2 holes, 2 bytes of tail padding

namespace shared {
// A derived class puts its members into the storage unit of the base's last bit-field, but never into its bytes.
struct base {
  base();
  unsigned a : 9;
};
struct derived : base {
  char c;
};
static_assert(sizeof(derived) == 4);
} // namespace shared
// CHECK-LABEL:struct shared::base  {{.*}}bit-fields.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:     0:0-8    9 bits  unsigned int a
// CHECK-NEXT:    1:1-23   23 bits  -- tail padding: 2 bytes 7 bits
// CHECK-NEXT:  size 4, align 4, data size 2, 1 cache line, no holes, 2 bytes 7 bits of tail padding
// CHECK-LABEL:struct shared::derived  {{.*}}bit-fields.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'shared::derived' declares 'c' and its base 'shared::base' declares
// CHECK-NEXT:    'a'
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         2  base shared::base  [sizeof 4]
// CHECK-NEXT:     0:0-8    9 bits    unsigned int a
// CHECK-NEXT:     1:1-7    7 bits    -- tail padding: 7 bits
// CHECK-NEXT:         2         1  char c  [in the tail padding of 'shared::base']
// CHECK-NEXT:         3         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 4, align 4, data size 3, 1 cache line, 7 bits in 1 hole, 1 byte of tail padding
