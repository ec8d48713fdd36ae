// Scalars whose values leave bits unused: x87 long double, _BitInt, vectors of three, padded atomics.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace odd {
typedef float three __attribute__((ext_vector_type(3)));
struct triple {
  char c[3];
};
struct holder {
  long double extended;
  _Complex long double two;
  _BitInt(17) bits;
  three vector;
  _Atomic(triple) atomic;
  int odd::holder::*data;
  void (odd::holder::*function)();
  decltype(nullptr) null;
  char &reference;
};
static_assert(sizeof(holder) == 128);
} // namespace odd
// CHECK-LABEL:struct odd::triple  {{.*}}scalars.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         3  char c[3]  [=]
// CHECK-NEXT:  size 3, align 1, data size 3, 1 cache line, no holes
// CHECK-LABEL:struct odd::holder  {{.*}}scalars.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because member 'reference' is a reference
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        16  long double extended
// CHECK-NEXT:        10         6    -- padding: 6 bytes
// CHECK-NEXT:        16        32  _Complex long double two
// CHECK-NEXT:        26         6    -- padding: 6 bytes
// CHECK-NEXT:        42         6    -- padding: 6 bytes
// CHECK-NEXT:        48         4  _BitInt(17) bits
// CHECK-NEXT:   50:1-15   15 bits    -- padding: 1 byte 7 bits
// CHECK-NEXT:        52        12  -- hole: 12 bytes
// CHECK-NEXT:  ------------------ cache line 1 at offset 64
// CHECK-NEXT:        64        16  three vector
// CHECK-NEXT:        76         4    -- padding: 4 bytes
// CHECK-NEXT:        80         4  _Atomic(triple) atomic
// CHECK-NEXT:        80         3    char c[3]
// CHECK-NEXT:        83         1    -- tail padding: 1 byte
// CHECK-NEXT:        84         4  -- hole: 4 bytes
// CHECK-NEXT:        88         8  int odd::holder::*data
// CHECK-NEXT:        96        16  void (odd::holder::*function)()
// CHECK-NEXT:       112         8  decltype(nullptr) null
// CHECK-NEXT:       120         8  char &reference
// CHECK-NEXT:  size 128, align 16, data size 128, 2 cache lines, 40 bytes 7 bits in 6 holes
