// Bases: their order, empty ones, and tail padding that a derived class uses ([class.derived], Itanium ABI 2.4).
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace reuse {
// Only what is not "POD for the purpose of layout" gives its tail padding away: the constructor makes the difference.
struct pod {
  int count;
  char flag;
};
struct slot {
  slot();
  int count;
  char flag;
};
struct over_pod : pod {
  char mine;
};
struct over_slot : slot {
  char mine;
};
struct third : over_slot {
  char more[2];
};
static_assert(sizeof(over_pod) == 12 && sizeof(over_slot) == 8 && sizeof(third) == 8);
} // namespace reuse
// CHECK-LABEL:struct reuse::pod  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int count  [=]
// CHECK-NEXT:         4         1  char flag
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct reuse::slot  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int count  [=]
// CHECK-NEXT:         4         1  char flag
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 5, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct reuse::over_pod  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'reuse::over_pod' declares 'mine' and its base 'reuse::pod' declares
// CHECK-NEXT:    'count'
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  base reuse::pod
// CHECK-NEXT:         0         4    int count
// CHECK-NEXT:         4         1    char flag
// CHECK-NEXT:         5         3    -- tail padding: 3 bytes
// CHECK-NEXT:         8         1  char mine
// CHECK-NEXT:         9         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 12, align 4, data size 9, 1 cache line, 3 bytes in 1 hole, 3 bytes of tail padding
// CHECK-LABEL:struct reuse::over_slot  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'reuse::over_slot' declares 'mine' and its base 'reuse::slot' declares
// CHECK-NEXT:    'count'
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         5  base reuse::slot  [sizeof 8]
// CHECK-NEXT:         0         4    int count
// CHECK-NEXT:         4         1    char flag
// CHECK-NEXT:         5         1  char mine  [in the tail padding of 'reuse::slot']
// CHECK-NEXT:         6         2  -- tail padding: 2 bytes
// CHECK-NEXT:  size 8, align 4, data size 6, 1 cache line, no holes, 2 bytes of tail padding
// CHECK-LABEL:struct reuse::third  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'reuse::third' declares 'more' and its base 'reuse::over_slot'
// CHECK-NEXT:    declares 'mine' (and 2 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         6  base reuse::over_slot  [sizeof 8]
// CHECK-NEXT:         0         5    base reuse::slot  [sizeof 8]
// CHECK-NEXT:         0         4      int count
// CHECK-NEXT:         4         1      char flag
// CHECK-NEXT:         5         1    char mine  [in the tail padding of 'reuse::slot']
// CHECK-NEXT:         6         2  char more[2]  [in the tail padding of 'reuse::over_slot']
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes

namespace empties {
// Two subobjects of one type may not share an address ([intro.object]/10).
struct e {};
struct f : e {};
struct one : f {
  int x;
};
struct both : e, f {
  int x;
};
static_assert(sizeof(one) == 4 && sizeof(both) == 4);
} // namespace empties
// CHECK-LABEL:struct empties::e  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct empties::f  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  base empties::e  [=, empty]
// CHECK-NEXT:         0         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 0, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct empties::one  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  base empties::f  [=, empty]
// CHECK-NEXT:         0         0    base empties::e  [=, empty]
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct empties::both  {{.*}}bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because base class 'empties::e' occurs more than once
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         0  base empties::e  [empty]
// CHECK-NEXT:         0         4  int x
// CHECK-NEXT:         1         0  base empties::f  [empty]
// CHECK-NEXT:         1         0    base empties::e  [empty]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
