// Cache lines are marked where they begin, and said to have begun where a member straddles the border.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace lines {
struct exact {
  char first[64];
  long second;
};
struct straddles {
  char first[60];
  char across[8];
  int third;
  char rest[128];
};
struct alignas(64) padded {
  int x;
};
struct two {
  padded a, b;
};
static_assert(sizeof(exact) == 72 && sizeof(straddles) == 200 && sizeof(two) == 128);
} // namespace lines
// CHECK-LABEL:struct lines::exact  {{.*}}cache-lines.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0        64  char first[64]  [=]
// CHECK-NEXT:  ------------------ cache line 1 at offset 64
// CHECK-NEXT:        64         8  long second
// CHECK-NEXT:  size 72, align 8, data size 72, 2 cache lines, no holes
// CHECK-LABEL:struct lines::straddles  {{.*}}cache-lines.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0        60  char first[60]  [=]
// CHECK-NEXT:        60         8  char across[8]
// CHECK-NEXT:  ------------------ cache line 1 at offset 64, 4 bytes ago
// CHECK-NEXT:        68         4  int third
// CHECK-NEXT:        72       128  char rest[128]
// CHECK-NEXT:  size 200, align 4, data size 200, 4 cache lines, no holes
// CHECK-LABEL:struct lines::padded  {{.*}}cache-lines.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:         4        60  -- tail padding: 60 bytes
// CHECK-NEXT:  size 64, align 64, data size 64, 1 cache line, no holes, 60 bytes of tail padding
// CHECK-LABEL:struct lines::two  {{.*}}cache-lines.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0        64  padded a  [=]
// CHECK-NEXT:         0         4    int x  [=]
// CHECK-NEXT:         4        60    -- tail padding: 60 bytes
// CHECK-NEXT:  ------------------ cache line 1 at offset 64
// CHECK-NEXT:        64        64  padded b
// CHECK-NEXT:        64         4    int x
// CHECK-NEXT:        68        60    -- tail padding: 60 bytes
// CHECK-NEXT:  size 128, align 64, data size 128, 2 cache lines, 60 bytes in 1 hole, 60 bytes of tail padding
