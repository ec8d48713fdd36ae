// Instantiations, lambdas and local classes are records like others; dependent ones are none.
// RUN: %snug layout %s -- -std=c++20 -target x86_64-linux-gnu | FileCheck --strict-whitespace --match-full-lines %s
// RUN: %python %S/Inputs/compare_dump.py %snug %clangxx %s -- -std=c++20 -target x86_64-linux-gnu
// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims.

namespace made {
template <class T> struct wrap {
  T value;
  wrap *next;
};
template <class T> struct never {
  T x;
};
extern wrap<char> a;
inline auto size = sizeof(wrap<char>) + sizeof(wrap<short>);
template <class T> auto function(T t) {
  struct local {
    T t;
  };
  return local{t};
}
inline auto l = function(1.0);
inline auto lambda = [count = 1, where = &a](int) { return where + count; };
struct with_this {
  int x;
  auto get() {
    return [this, copy = x] { return x + copy; };
  }
};
inline auto got = sizeof(with_this{}.get());
} // namespace made
// CHECK-LABEL:struct made::wrap<char>  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         1  char value  [=]
// CHECK-NEXT:         1         7  -- hole: 7 bytes
// CHECK-NEXT:         8         8  wrap<char> *next
// CHECK-NEXT:  size 16, align 8, data size 16, 1 cache line, 7 bytes in 1 hole
// CHECK-LABEL:struct made::wrap<short>  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         2  short value  [=]
// CHECK-NEXT:         2         6  -- hole: 6 bytes
// CHECK-NEXT:         8         8  wrap<short> *next
// CHECK-NEXT:  size 16, align 8, data size 16, 1 cache line, 6 bytes in 1 hole
// CHECK-LABEL:struct local  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  double t  [=]
// CHECK-NEXT:  size 8, align 8, data size 8, 1 cache line, no holes
// CHECK-LABEL:made::(lambda at instances.layout.cpp:{{[0-9:]+}})  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int [capture count]  [=]
// CHECK-NEXT:         4         4  -- hole: 4 bytes
// CHECK-NEXT:         8         8  wrap<char> * [capture where]
// CHECK-NEXT:  size 16, align 8, data size 16, 1 cache line, 4 bytes in 1 hole
// CHECK-LABEL:struct made::with_this  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         4  int x  [=]
// CHECK-NEXT:  size 4, align 4, data size 4, 1 cache line, no holes
// CHECK-LABEL:(lambda at instances.layout.cpp:{{[0-9:]+}})  {{.*}}instances.layout.cpp:{{[0-9]+}}
// CHECK-NEXT:    offset      size    ([=]: pointer-interconvertible with the whole)
// CHECK-NEXT:         0         8  made::with_this * [this]  [=]
// CHECK-NEXT:         8         4  int [capture copy]
// CHECK-NEXT:        12         4  -- tail padding: 4 bytes
// CHECK-NEXT:  size 16, align 8, data size 12, 1 cache line, no holes, 4 bytes of tail padding
