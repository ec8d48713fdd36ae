// Arrays: the first element stands for all, and its padding is there in each.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace padded {
struct element {
  int a;
  char b;
};
struct holder {
  element one[1];
  element grid[2][3];
  char text[3];
};
struct flexible {
  int n;
  char data[];
};
static_assert(sizeof(holder) == 60 && sizeof(flexible) == 4);
} // namespace padded
// CHECK-LABEL:struct padded::element  {{.*}}arrays.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int a  [=]
// CHECK-NEXT:         4         1  char b
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct padded::holder  {{.*}}arrays.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  element one[1]  [=]
// CHECK-NEXT:         0         4    int a
// CHECK-NEXT:         4         1    char b
// CHECK-NEXT:         5         3    -- tail padding: 3 bytes
// CHECK-NEXT:         8        48  element grid[2][3]
// CHECK-NEXT:         8         4    int a
// CHECK-NEXT:        12         1    char b
// CHECK-NEXT:        13         3    -- tail padding: 3 bytes in each of 6 elements
// CHECK-NEXT:        56         3  char text[3]
// CHECK-NEXT:        59         1  -- tail padding: 1 byte
// CHECK-NEXT:  size 60, align 4, data size 60, 1 cache line, 21 bytes in 7 holes, 1 byte of tail padding
// CHECK-LABEL:struct padded::flexible  {{.*}}arrays.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int n  [=]
// CHECK-NEXT:         4         0  char data[]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes

namespace huge {
struct element {
  int a;
  char b;
};
struct holder {
  element many[100000];
};
} // namespace huge
// CHECK-LABEL:struct huge::element  {{.*}}arrays.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int a  [=]
// CHECK-NEXT:         4         1  char b
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct huge::holder  {{.*}}arrays.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0    800000  element many[100000]  [=]
// CHECK-NEXT:         0         4    int a
// CHECK-NEXT:         4         1    char b
// CHECK-NEXT:  padding inside the elements of 'many' is not counted: there are too many
// CHECK-NEXT:  size 800000, align 4, data size 800000, 12500 cache lines, no holes
