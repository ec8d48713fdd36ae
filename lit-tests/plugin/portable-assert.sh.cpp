// Without the plugin SNUG is empty and SNUG_ASSERT_LAYOUT is one static_assert for each figure that the compiler can
// decide, on every compiler, clean under all warnings, in every kind of scope. [dcl.pre]/10.
// DEFINE: %{flags} = -std=c++20 %include -Wall -Wextra -Wpedantic -Wconversion -Werror -fsyntax-only
// REQUIRES: plugin
// RUN: %clangxx %{flags} %s
// RUN: %gxx %{flags} %s
// RUN: %clangxx %{flags} %plugin %s
// RUN: not %clangxx %{flags} -DBROKEN %s 2>&1 | FileCheck %s --check-prefixes=BROKEN,CLANG
// RUN: not %gxx %{flags} -DBROKEN %s 2>&1 | FileCheck %s --check-prefixes=BROKEN,GCC
// RUN: not %clangxx %{flags} -DBROKEN %plugin %s 2>&1 | FileCheck %s --check-prefix=PLUGIN
// RUN: not %clangxx %{flags} -DBROKEN_OFFSET %s 2>&1 | FileCheck %s --check-prefix=OFFSET
// RUN: not %gxx %{flags} -DBROKEN_OFFSET %s 2>&1 | FileCheck %s --check-prefix=OFFSET
// RUN: not %clangxx %{flags} -DINCOMPLETE %s 2>&1 | FileCheck %s --check-prefix=INCOMPLETE
// RUN: not %gxx %{flags} -DINCOMPLETE %s 2>&1 | FileCheck %s --check-prefix=INCOMPLETE
// RUN: not %clangxx %{flags} -DINCOMPLETE %plugin %s 2>&1 | FileCheck %s --check-prefix=INCOMPLETE
#include <snug/expect.hpp>

struct SNUG(size(24), align(8)) op {
  SNUG(offset(0)) long a;
  SNUG(offset(8)) long b;
  SNUG(offset(16)) int c;
};
SNUG(loads(1), chain(1)) inline long read(const op &o) { return o.a; }

SNUG_ASSERT_LAYOUT(op, size(24), align(8), padding(4), back_pointers(0), cache_lines(1), max_size(24), min_align(8),
                   max_cache_lines(1));
SNUG_ASSERT_LAYOUT(int[3], size(sizeof(int) * 3));
SNUG_ASSERT_OFFSET(op, c, 16);

template <class T> struct holder {
  SNUG_ASSERT_LAYOUT(T, max_size(64));
  T value;
};
template <class T> constexpr int use(T) {
  SNUG_ASSERT_LAYOUT(holder<T>, size(sizeof(T)), min_size(1));
  return 0;
}
static_assert(use(3) == 0 && use(op{}) == 0);

#ifdef BROKEN
SNUG_ASSERT_LAYOUT(op, align(8), size(16));
// BROKEN: error: static assertion failed{{.*}}size(16) was stated of 'op'
// CLANG: expression evaluates to '24 == 16'
// GCC: the comparison reduces to {{.*}}24 == 16
// PLUGIN: portable-assert.sh.cpp:[[#@LINE-4]]:1: error: 'op' is 24 bytes; 16 bytes were stated [snug-layout-expectation]
SNUG_ASSERT_LAYOUT(op, max_cache_lines(0));
// BROKEN: error: static assertion failed{{.*}}max_cache_lines(0) was stated of 'op'
// PLUGIN: error: 'op' takes 1 cache line; at most 0 cache lines were stated
#endif
#ifdef BROKEN_OFFSET
SNUG_ASSERT_OFFSET(op, b, 12);
// OFFSET: error: static assertion failed{{.*}}'b' is not at the stated offset of 'op'
#endif
#ifdef INCOMPLETE
struct never;
SNUG_ASSERT_LAYOUT(never, size(8));
// INCOMPLETE: error: invalid application of 'sizeof' to {{(an )?}}incomplete type 'never'
#endif
