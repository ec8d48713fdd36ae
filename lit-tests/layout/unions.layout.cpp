// Unions: members overlap, so padding is what no member has; anonymous ones keep their place ([class.union]).
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace overlap {
union both {
  struct {
    int a;
    char b;
  } x;
  struct {
    char c;
    int d;
  } y;
  char none[2];
};
struct holder {
  char tag;
  union {
    long number;
    char text[11];
  };
  struct pair {
    char l, r;
  } p;
};
static_assert(sizeof(both) == 8 && sizeof(holder) == 32);
} // namespace overlap
// CHECK-LABEL:union overlap::both  {{.*}}unions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  (unnamed struct at unions.layout.cpp:{{[0-9:]+}}) x  [=]
// CHECK-NEXT:         0         4    int a  [=]
// CHECK-NEXT:         4         1    char b
// CHECK-NEXT:         0         8  (unnamed struct at unions.layout.cpp:{{[0-9:]+}}) y  [=]
// CHECK-NEXT:         0         1    char c  [=]
// CHECK-NEXT:         4         4    int d
// CHECK-NEXT:         0         2  char none[2]  [=]
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes
// CHECK-LABEL:struct overlap::both::(unnamed struct at unions.layout.cpp:{{[0-9:]+}})
// CHECK-NEXT:  {{.*}}unions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int a  [=]
// CHECK-NEXT:         4         1  char b
// CHECK-NEXT:         5         3  -- tail padding: 3 bytes
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, no holes, 3 bytes of tail padding
// CHECK-LABEL:struct overlap::both::(unnamed struct at unions.layout.cpp:{{[0-9:]+}})
// CHECK-NEXT:  {{.*}}unions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  char c  [=]
// CHECK-NEXT:         1         3  -- hole: 3 bytes
// CHECK-NEXT:         4         4  int d
// CHECK-NEXT:  size 8, align 4, data size 8, 1 cache line, 3 bytes in 1 hole
// CHECK-LABEL:struct overlap::holder  {{.*}}unions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  char tag  [=]
// CHECK-NEXT:         1         7  -- hole: 7 bytes
// CHECK-NEXT:         8        16  union
// CHECK-NEXT:         8         8    long number
// CHECK-NEXT:         8        11    char text[11]
// CHECK-NEXT:        19         5    -- tail padding: 5 bytes
// CHECK-NEXT:        24         2  struct pair p
// CHECK-NEXT:        24         1    char l
// CHECK-NEXT:        25         1    char r
// CHECK-NEXT:        26         6  -- tail padding: 6 bytes
// CHECK-NEXT:  size 32, align 8, data size 32, 1 cache line, 12 bytes in 2 holes, 6 bytes of tail padding
// CHECK-LABEL:struct overlap::holder::pair  {{.*}}unions.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  char l  [=]
// CHECK-NEXT:         1         1  char r
// CHECK-NEXT:  size 2, align 1, data size 2, 1 cache line, no holes
