// [[no_unique_address]] members share bytes as bases do: empty ones, and the tail padding of others ([dcl.attr.nouniqueaddr]).
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace empty {
struct e {};
struct other {};
struct with {
  [[no_unique_address]] e a;
  int x;
};
struct last {
  int x;
  [[no_unique_address]] e a;
};
struct twice {
  [[no_unique_address]] e a;
  [[no_unique_address]] e b;
  [[no_unique_address]] other c;
  char x;
};
struct without {
  e a;
  int x;
};
static_assert(sizeof(with) == 4 && sizeof(last) == 4 && sizeof(twice) == 2 && sizeof(without) == 8);
} // namespace empty
// CHECK-LABEL:struct empty::e  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct empty::other  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct empty::with  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  e a  [=, empty, no_unique_address]
// CHECK-NEXT:         0         4  int x
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct empty::last  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:         0         0  e a  [empty, no_unique_address]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:struct empty::twice  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         0  e a  [=, empty, no_unique_address]
// CHECK-NEXT:         0         0  other c  [empty, no_unique_address]
// CHECK-NEXT:         0         1  char x
// CHECK-NEXT:         1         0  e b  [empty, no_unique_address]
// CHECK-NEXT:         1         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 2, align 1, data size 2, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct empty::without  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  e a  [=, empty]
// CHECK-NEXT:         0         1    -- padding: 1 byte
// CHECK-NEXT:         1         3  -- hole: 3 bytes
// CHECK-NEXT:         4         4  int x
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, 4 bytes in 1 hole

namespace tail {
class inner {
  int count;
  char flag;

public:
  inner();
};
struct reuses {
  [[no_unique_address]] inner in;
  char next;
};
struct plain {
  inner in;
  char next;
};
static_assert(sizeof(reuses) == 8 && sizeof(plain) == 12);
} // namespace tail
// CHECK-LABEL:class tail::inner  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int count  [=]
// CHECK-NEXT:         4         1  char flag
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 5, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct tail::reuses  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         5  inner in  [=, no_unique_address, sizeof 8]
// CHECK-NEXT:         0         4    int count  [=]
// CHECK-NEXT:         4         1    char flag
// CHECK-NEXT:         5         1  char next  [in the tail padding of 'in']
// CHECK-NEXT:         6         2  -- tail padding: 2 bytes
// CHECK-NEXT:  size 8, align 4, data size 6, 1 cache line, no holes, 2 bytes of tail padding
// CHECK-LABEL:struct tail::plain  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  inner in  [=]
// CHECK-NEXT:         0         4    int count  [=]
// CHECK-NEXT:         4         1    char flag
// CHECK-NEXT:         5         3    -- tail padding: 3 bytes
// CHECK-NEXT:         8         1  char next
// CHECK-NEXT:         9         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 12, align 4, data size 9, 1 cache line, 3 bytes in 1 hole, 3 bytes of tail padding

namespace level {
// One char and one distinct empty callable per level over a leaf of 9 bytes: nothing grows.
template <int N> struct callable {};
struct leaf {
  leaf();
  void *p;
  char c;
};
template <int N, class Child> struct op : Child {
  op();
  [[no_unique_address]] callable<N> f;
  char mine;
};
using four = op<4, op<3, op<2, op<1, leaf>>>>;
static_assert(sizeof(leaf) == 16 && sizeof(four) == 16);
} // namespace level
// CHECK-LABEL:struct level::callable<1>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct level::callable<2>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct level::callable<3>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct level::callable<4>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         1  -- padding: 1 byte
// CHECK-NEXT:  size 1, align 1, data size 1, 1 cache line, no holes, 1 byte of tail padding
// CHECK-LABEL:struct level::leaf  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  void *p  [=]
// CHECK-NEXT:         8         1  char c
// CHECK-NEXT:         9         7  -- tail padding: 7 bytes
// CHECK-NEXT:  size 16, align 8, data size 9, 1 cache line, no holes, 7 bytes of tail padding
// CHECK-LABEL:struct level::op<1, level::leaf>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'level::op<1, level::leaf>' declares 'f' and its base 'level::leaf'
// CHECK-NEXT:    declares 'p'
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0         9  base level::leaf  [sizeof 16]
// CHECK-NEXT:         0         8    void *p
// CHECK-NEXT:         8         1    char c
// CHECK-NEXT:         0         0  callable<1> f  [empty, no_unique_address]
// CHECK-NEXT:         9         1  char mine  [in the tail padding of 'level::leaf']
// CHECK-NEXT:        10         6  -- tail padding: 6 bytes
// CHECK-NEXT:  size 16, align 8, data size 10, 1 cache line, no holes, 6 bytes of tail padding
// CHECK-LABEL:struct level::op<2, level::op<1, level::leaf>>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'level::op<2, level::op<1, level::leaf>>' declares 'f' and its base
// CHECK-NEXT:    'level::op<1, level::leaf>' declares 'f' (and 2 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        10  base level::op<1, level::leaf>  [sizeof 16]
// CHECK-NEXT:         0         9    base level::leaf  [sizeof 16]
// CHECK-NEXT:         0         8      void *p
// CHECK-NEXT:         8         1      char c
// CHECK-NEXT:         0         0    callable<1> f  [empty, no_unique_address]
// CHECK-NEXT:         9         1    char mine  [in the tail padding of 'level::leaf']
// CHECK-NEXT:         0         0  callable<2> f  [empty, no_unique_address]
// CHECK-NEXT:        10         1  char mine  [in the tail padding of 'level::op<1, level::leaf>']
// CHECK-NEXT:        11         5  -- tail padding: 5 bytes
// CHECK-NEXT:  size 16, align 8, data size 11, 1 cache line, no holes, 5 bytes of tail padding
// CHECK-LABEL:struct level::op<3, level::op<2, level::op<1, level::leaf>>>  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'level::op<3, level::op<2, level::op<1, level::leaf>>>' declares 'f'
// CHECK-NEXT:    and its base 'level::op<2, level::op<1, level::leaf>>' declares 'f' (and 4 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        11  base level::op<2, level::op<1, level::leaf>>  [sizeof 16]
// CHECK-NEXT:         0        10    base level::op<1, level::leaf>  [sizeof 16]
// CHECK-NEXT:         0         9      base level::leaf  [sizeof 16]
// CHECK-NEXT:         0         8        void *p
// CHECK-NEXT:         8         1        char c
// CHECK-NEXT:         0         0      callable<1> f  [empty, no_unique_address]
// CHECK-NEXT:         9         1      char mine  [in the tail padding of 'level::leaf']
// CHECK-NEXT:         0         0    callable<2> f  [empty, no_unique_address]
// CHECK-NEXT:        10         1    char mine  [in the tail padding of 'level::op<1, level::leaf>']
// CHECK-NEXT:         0         0  callable<3> f  [empty, no_unique_address]
// CHECK-NEXT:        11         1  char mine  [in the tail padding of 'level::op<2, level::op<1, level::leaf>>']
// CHECK-NEXT:        12         4  -- tail padding: 4 bytes
// CHECK-NEXT:  size 16, align 8, data size 12, 1 cache line, no holes, 4 bytes of tail padding
// CHECK-LABEL:struct level::op<4, level::op<3, level::op<2, level::op<1, level::leaf>>>>
// CHECK-NEXT:  {{.*}}no-unique-address.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:  not standard-layout because 'level::op<4, level::op<3, level::op<…>>>' declares 'f' and its base
// CHECK-NEXT:    'level::op<3, level::op<2, level::op<…>>>' declares 'f' (and 6 more reasons)
// CHECK-NEXT:    offset      size
// CHECK-NEXT:         0        12  base level::op<3, level::op<2, level::op<1, level::leaf>>>  [sizeof 16]
// CHECK-NEXT:         0        11    base level::op<2, level::op<1, level::leaf>>  [sizeof 16]
// CHECK-NEXT:         0        10      base level::op<1, level::leaf>  [sizeof 16]
// CHECK-NEXT:         0         9        base level::leaf  [sizeof 16]
// CHECK-NEXT:         0         8          void *p
// CHECK-NEXT:         8         1          char c
// CHECK-NEXT:         0         0        callable<1> f  [empty, no_unique_address]
// CHECK-NEXT:         9         1        char mine  [in the tail padding of 'level::leaf']
// CHECK-NEXT:         0         0      callable<2> f  [empty, no_unique_address]
// CHECK-NEXT:        10         1      char mine  [in the tail padding of 'level::op<1, level::leaf>']
// CHECK-NEXT:         0         0    callable<3> f  [empty, no_unique_address]
// CHECK-NEXT:        11         1    char mine  [in the tail padding of 'level::op<2, level::op<1, level::leaf>>']
// CHECK-NEXT:         0         0  callable<4> f  [empty, no_unique_address]
// CHECK-NEXT:        12         1  char mine  [in the tail padding of 'level::op<3, level::op<…>>']
// CHECK-NEXT:        13         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 16, align 8, data size 13, 1 cache line, no holes, 3 bytes of tail padding
