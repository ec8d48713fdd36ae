// What is stated on functions travels in the object and is held by `snug asm --verify` on the object alone: broken
// promises are reported at the line in the source; an inline function that its object dropped breaks none. Facts of two
// objects are still read when a linker has put them behind each other.
// REQUIRES: plugin
// RUN: %clangxx -O2 -std=c++20 %include %plugin -c %s -o %t.o
// RUN: %snug asm --verify %t.o 2> %t.summary
// RUN: FileCheck %s --check-prefix=HELD < %t.summary
// HELD: snug: 5 expectations, 5 held
// RUN: %clangxx -O2 -std=c++20 %include %plugin -DBROKEN -c %s -o %t.broken.o
// RUN: not %snug asm --verify %t.broken.o | FileCheck %s
// CHECK: stated-loads.sh.cpp:[[#@LINE+18]]:16: error: 'bad(op*)' has 3 loads; at most 1 was stated
// CHECK: note: load 3 at +{{[0-9]+}} has depth 3: arg0→8→8→0
// CHECK: stated-loads.sh.cpp:[[#@LINE+16]]:26: error: 'bad(op*)' has a chain of 3 loads; 1 was stated
// RUN: ld -r %t.o %t.broken.o --allow-multiple-definition -o %t.both.o
// RUN: not %snug asm --verify %t.both.o | FileCheck %s
//
// A function that may not be dropped and is missing is an error: here the object was stripped of it.
// RUN: llvm-objcopy --strip-symbol=_Z4goodP2op %t.o %t.missing.o
// RUN: not %snug asm --verify %t.missing.o 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: {{good.* not found|no function .*good}}
#include <snug/expect.hpp>

struct op {
  long a;
  op *next;
};
SNUG(loads(1), chain(1), spills(0)) long good(op *o) { return o->a; }
#ifdef BROKEN
SNUG(max_loads(1), chain(1)) long bad(op *o) { return o->next->next->a; }
#endif
SNUG(loads(1)) inline long dropped(op *o) { return o->a; }
long use(op *o) { return dropped(o); }
template <class T> SNUG(max_chain(sizeof(T) / 8), stores(0)) [[gnu::noinline]] T next(T o) { return o->next; }
op *instantiate(op *o) { return next(o); }
