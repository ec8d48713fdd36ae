// Pointers to virtual tables: own ones, those shared with the primary base, and one for each further base.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace tables {
struct first {
  virtual void f();
  int a;
};
struct second {
  virtual void g();
  char b;
};
struct shares : first {
  void f() override;
  char mine;
};
struct joins : second, first {
  void f() override;
};
static_assert(sizeof(shares) == 16 && sizeof(joins) == 32);
} // namespace tables
// CHECK-LABEL:struct tables::first  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'f' is virtual
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:         8         4  int a
// CHECK-NEXT:        12         4  -- tail padding: 4 bytes
// CHECK-NEXT:  size 16, align 8, data size 12, 1 cache line, no holes, 4 bytes of tail padding
// CHECK-LABEL:struct tables::second  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'g' is virtual
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:         8         1  char b
// CHECK-NEXT:         9         7  -- tail padding: 7 bytes
// CHECK-NEXT:  size 16, align 8, data size 9, 1 cache line, no holes, 7 bytes of tail padding
// CHECK-LABEL:struct tables::shares  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'tables::shares' declares 'mine' and its base 'tables::first' declares
// CHECK-NEXT:    'a' (and 3 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        12  base tables::first  [primary: its vptr is shared, sizeof 16]
// CHECK-NEXT:         0         8    vptr
// CHECK-NEXT:         8         4    int a
// CHECK-NEXT:        12         1  char mine  [in the tail padding of 'tables::first']
// CHECK-NEXT:        13         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 16, align 8, data size 13, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct tables::joins  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because base 'tables::second' declares 'b' and base 'tables::first' declares
// CHECK-NEXT:    'a' (and 5 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         9  base tables::second  [primary: its vptr is shared, sizeof 16]
// CHECK-NEXT:         0         8    vptr
// CHECK-NEXT:         8         1    char b
// CHECK-NEXT:         9         7  -- hole: 7 bytes
// CHECK-NEXT:        16        12  base tables::first  [sizeof 16]
// CHECK-NEXT:        16         8    vptr
// CHECK-NEXT:        24         4    int a
// CHECK-NEXT:        28         4  -- tail padding: 4 bytes
// CHECK-NEXT:  size 32, align 8, data size 28, 1 cache line, 7 bytes in 1 hole, 4 bytes of tail padding

namespace late {
// The base without virtual functions stands first in the source, and behind the vptr in memory.
struct plain {
  plain();
  int x;
  char y;
};
struct own : plain {
  virtual ~own();
  char z;
};
static_assert(sizeof(own) == 16);
} // namespace late
// CHECK-LABEL:struct late::plain  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:         4         1  char y
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 5, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct late::own  {{.*}}virtual-functions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'late::own' declares 'z' and its base 'late::plain' declares 'x' (and
// CHECK-NEXT:    1 more reason)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:         8         5  base late::plain  [sizeof 8]
// CHECK-NEXT:         8         4    int x
// CHECK-NEXT:        12         1    char y
// CHECK-NEXT:        13         1  char z  [in the tail padding of 'late::plain']
// CHECK-NEXT:        14         2  -- tail padding: 2 bytes
// CHECK-NEXT:  size 16, align 8, data size 14, 1 cache line, no holes, 2 bytes of tail padding
