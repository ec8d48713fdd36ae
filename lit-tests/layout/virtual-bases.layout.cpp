// Virtual bases lie in the complete object only, once each; a nearly empty one can be primary (Itanium ABI 2.4).
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace diamond {
struct top {
  int t;
};
struct left : virtual top {
  int l;
};
struct right : virtual top {
  char r;
};
struct bottom : left, right {
  char b;
};
static_assert(sizeof(left) == 16 && sizeof(bottom) == 32);
} // namespace diamond
// CHECK-LABEL:struct diamond::top  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int t  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct diamond::left  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'diamond::left' declares 'l' and its base 'diamond::top' declares 't'
// CHECK-NEXT:    (and 1 more reason)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:         8         4  int l
// CHECK-NEXT:        12         4  virtual base diamond::top
// CHECK-NEXT:        12         4    int t
// CHECK-NEXT:  size 16, align 8, data size 16, 1 cache line, no holes
// CHECK-LABEL:struct diamond::right  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'diamond::right' declares 'r' and its base 'diamond::top' declares 't'
// CHECK-NEXT:    (and 1 more reason)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:         8         1  char r
// CHECK-NEXT:         9         3  -- hole: 3 bytes
// CHECK-NEXT:        12         4  virtual base diamond::top
// CHECK-NEXT:        12         4    int t
// CHECK-NEXT:  size 16, align 8, data size 16, 1 cache line, 3 bytes in 1 hole
// CHECK-LABEL:struct diamond::bottom  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'diamond::bottom' declares 'b' and its base 'diamond::left' declares
// CHECK-NEXT:    'l' (and 7 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        12  base diamond::left  [primary: its vptr is shared, sizeof 16]
// CHECK-NEXT:         0         8    vptr
// CHECK-NEXT:         8         4    int l
// CHECK-NEXT:        12         4  -- hole: 4 bytes
// CHECK-NEXT:        16         9  base diamond::right  [sizeof 16]
// CHECK-NEXT:        16         8    vptr
// CHECK-NEXT:        24         1    char r
// CHECK-NEXT:        25         1  char b  [in the tail padding of 'diamond::right']
// CHECK-NEXT:        26         2  -- hole: 2 bytes
// CHECK-NEXT:        28         4  virtual base diamond::top  [in the tail padding of 'diamond::right']
// CHECK-NEXT:        28         4    int t
// CHECK-NEXT:  size 32, align 8, data size 32, 1 cache line, 6 bytes in 2 holes

namespace nearly_empty {
struct only_vptr {
  virtual void f();
};
struct user : virtual only_vptr {
  int x;
};
struct member {
  user u;
  char c;
};
static_assert(sizeof(user) == 16 && sizeof(member) == 24);
} // namespace nearly_empty
// CHECK-LABEL:struct nearly_empty::only_vptr  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'f' is virtual
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  vptr
// CHECK-NEXT:  size 8, align 8, data size 8, 1 cache line, no holes
// CHECK-LABEL:struct nearly_empty::user  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because base 'nearly_empty::only_vptr' is not standard-layout (and 2 more
// CHECK-NEXT:    reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         8  virtual base nearly_empty::only_vptr  [primary: its vptr is shared]
// CHECK-NEXT:         0         8    vptr
// CHECK-NEXT:         8         4  int x
// CHECK-NEXT:        12         4  -- tail padding: 4 bytes
// CHECK-NEXT:  size 16, align 8, data size 12, 1 cache line, no holes, 4 bytes of tail padding
// CHECK-LABEL:struct nearly_empty::member  {{.*}}virtual-bases.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because member 'u' has non-standard-layout type 'nearly_empty::user' (and 3
// CHECK-NEXT:    more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        16  user u
// CHECK-NEXT:         0         8    virtual base nearly_empty::only_vptr  [primary: its vptr is shared]
// CHECK-NEXT:         0         8      vptr
// CHECK-NEXT:         8         4    int x
// CHECK-NEXT:        12         4    -- tail padding: 4 bytes
// CHECK-NEXT:        16         1  char c
// CHECK-NEXT:        17         7  -- tail padding: 7 bytes
// CHECK-NEXT:  size 24, align 8, data size 17, 1 cache line, 4 bytes in 1 hole, 7 bytes of tail padding
