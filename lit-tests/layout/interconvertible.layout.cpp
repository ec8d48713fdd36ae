// Corners of pointer interconvertibility ([basic.compound]/7): [=] stands where the letter says so and the ABI agrees.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace holds {
struct e {};
struct inherited {
  int x;
};
// The first member of a base is the first member.
struct by_base : e, inherited {};
// Members of a union are, whatever its layout; their first members only if they are standard-layout themselves.
union not_standard {
  int x;
  struct {
    int a;

  private:
    int b;
  } s;
};
// An anonymous union counts as the member, and its members with it.
struct anonymous {
  union {
    int i;
    float f;
  };
};
// An array is, its elements are not.
struct array {
  inherited first[2];
};
static_assert(__is_pointer_interconvertible_base_of(e, by_base));
static_assert(__is_pointer_interconvertible_base_of(inherited, by_base));
} // namespace holds
// CHECK-LABEL:struct holds::e  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct holds::inherited  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct holds::by_base  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  base holds::e  [=, empty]
// CHECK-NEXT:         0         4  base holds::inherited  [=]
// CHECK-NEXT:         0         4    int x  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:union holds::not_standard  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because member 's' has non-standard-layout type 'holds::not_standard::(unnamed
// CHECK-NEXT:    struct at interconvertible.layout.cpp:{{[0-9:]+}})' (and 1 more reason)
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:         0         8  (unnamed struct at interconvertible.layout.cpp:{{[0-9:]+}}) s  [=]
// CHECK-NEXT:         0         4    int a
// CHECK-NEXT:         4         4    int b
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes
// CHECK-LABEL:struct holds::not_standard::(unnamed struct at interconvertible.layout.cpp:{{[0-9:]+}})
// CHECK-NEXT:  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because member 'b' has different access than 'a'
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         4  int a
// CHECK-NEXT:         4         4  int b
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes
// CHECK-LABEL:struct holds::anonymous  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  union  [=]
// CHECK-NEXT:         0         4    int i  [=]
// CHECK-NEXT:         0         4    float f  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct holds::array  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  inherited first[2]  [=]
// CHECK-NEXT:         0         4    int x
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes

namespace contradicted {
// Standard-layout, and yet the member cannot have the address of the whole: two subobjects of type e would share it.
struct e {};
struct f : e {};
struct base_of_member : e {
  f m;
};
// clang's trait says yes of this base, which lies at offset 1.
struct first {
  e m;
};
struct later_base : first, e {};
static_assert(__is_standard_layout(base_of_member) && __is_standard_layout(later_base));
static_assert(__is_pointer_interconvertible_base_of(e, later_base));
} // namespace contradicted
// CHECK-LABEL:struct contradicted::e  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct contradicted::f  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  base contradicted::e  [=, empty]
// CHECK-NEXT:         0         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 0, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct contradicted::base_of_member  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  base contradicted::e  [=, empty]
// CHECK-NEXT:         0         1  -- hole: 1 byte
// CHECK-NEXT:         1         1  f m  [empty]
// CHECK-NEXT:         1         0    base contradicted::e  [empty]
// CHECK-NEXT:         1         1    -- tail padding: 1 byte
// CHECK-NEXT:  size 2, align 1, data size 2, 1 cache line, no holes, 2 bytes of tail padding
// CHECK-LABEL:struct contradicted::first  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  e m  [=, empty]
// CHECK-NEXT:         0         1    -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct contradicted::later_base  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  base contradicted::first  [=]
// CHECK-NEXT:         0         1    e m  [=, empty]
// CHECK-NEXT:         0         1      -- padding: 1 byte
// CHECK-NEXT:         1         0  base contradicted::e  [empty]
// CHECK-NEXT:         1         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 2, align 1, data size 1, 1 cache line, no holes, 2 bytes of tail padding

namespace bits {
// Bit-fields have no address; an unnamed one in front is no member, but the next member is not at offset 0.
struct named {
  int a : 3;
  int b;
};
struct unnamed {
  int : 8;
  int x;
};
struct zero_width {
  int : 0;
  int x;
};
} // namespace bits
// CHECK-LABEL:struct bits::named  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:     0:0-2    3 bits  int a
// CHECK-NEXT:    0:3-31   29 bits  -- hole: 3 bytes 5 bits
// CHECK-NEXT:         4         4  int b
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, 3 bytes 5 bits in 1 hole
// CHECK-LABEL:struct bits::unnamed  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:     0:0-7    8 bits  int (unnamed bit-field)
// CHECK-NEXT:         1         3  -- hole: 3 bytes
// CHECK-NEXT:         4         4  int x
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, 4 bytes in 1 hole
// CHECK-LABEL:struct bits::zero_width  {{.*}}interconvertible.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:       0:0    0 bits  int (unnamed bit-field)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
