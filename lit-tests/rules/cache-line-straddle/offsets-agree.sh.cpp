// The offsets in the messages are those of Clang's own record dump, those of inherited, over-aligned and bit-field members
// included. [basic.align]/1.
// RUN: %clangxx -std=c++20 -fsyntax-only --target=x86_64-linux-gnu %include -Xclang -fdump-record-layouts-complete %s > %t
// RUN: %snug check --checks=cache-line-straddle %s -- -std=c++20 --target=x86_64-linux-gnu %include >> %t
// RUN: FileCheck %s < %t
#include <snug/expect.hpp>

// CHECK: 0 | struct base
struct base {
  base();
  long first;
  int second;
};
// CHECK: 0 | struct derived
// CHECK: [[#A:]] |   char before
// CHECK: [[#B:]] |   void * head
// CHECK: [[#C:]] |   struct pair tail
struct pair {
  long first, second;
};
struct derived : base {
  char before; // in the tail padding of the base
  SNUG(hot(1)) void *head;
  SNUG(hot(1)) pair tail;
};
// CHECK: 0 | struct poly
// CHECK: [[#D:]] |   unsigned char[40] one
// CHECK: [[#E:]]:{{.*}} |   unsigned int two
struct poly {
  virtual void f();
  SNUG(hot(1)) unsigned char one[40];
  char cold;
  SNUG(hot(1)) unsigned two : 9;
};
// CHECK: 'head' to 'tail' of 'derived' {{.*}}: offsets [[#B]] to [[#C + 16]] of
// CHECK: 'head', 8 bytes at offset [[#B]]
// CHECK: 'tail', 16 bytes at offset [[#C]]
// CHECK: 'one' to 'two' of 'poly' {{.*}}: offsets [[#D]] to
// CHECK: 'one', 40 bytes at offset [[#D]]
