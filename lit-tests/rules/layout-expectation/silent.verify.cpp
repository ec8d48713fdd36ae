// Promises that hold are silent, whatever they are stated on. [expr.sizeof]/2, [basic.align]/1.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <snug/expect.hpp>

struct empty {};
struct SNUG(size(16), align(8), padding(0), cache_lines(1), max_size(16), min_size(1)) exact {
  SNUG(offset(0)) long a;
  SNUG(offset(8)) int b;
  SNUG(offset(12), max_offset(12)) int c;
  [[no_unique_address]] empty e;
};
// The tail padding of a base is used by what follows: no hole.
struct base {
  base();
  int a;
  short b;
};
struct SNUG(size(8), padding(0)) derived : base {
  short c;
};
// 80 bits of value in 16 bytes.
struct SNUG(size(16), padding(6)) x87 {
  long double d;
};
using pair SNUG(size(8)) = int[2];
typedef int number SNUG(size(4), align(4), padding(0));
SNUG(size(16)) extern exact declared;
exact &reference SNUG(size(16)) = declared;

template <class T> struct SNUG(size(sizeof(T) * 2)) twice {
  SNUG(offset(sizeof(T))) T second_after_first[1];
  T first;
};
SNUG_WHEN(sizeof(void *) == 4, size(99)) twice<empty> *never;
// A template that is not instantiated has no layout.
template <class T> struct SNUG(size(0)) unused {
  T t;
};
SNUG_ASSERT_LAYOUT(exact, size(16), align(8), padding(0), cache_lines(1));
SNUG_ASSERT_OFFSET(base, b, 4);
