// The same function template over two types has two mangled names; the base name pairs them.
//
// RUN: %clangxx -std=c++20 -O2 -DBEFORE -c %s -o %t.before.o
// RUN: %clangxx -std=c++20 -O2 -c %s -o %t.after.o
// RUN: %snug asm --diff %t.before.o %t.after.o | FileCheck %s

// CHECK:      before: int start_op<stored>(stored&)
// CHECK-NEXT: after:  int start_op<inlined>(inlined&)
// CHECK:      loads 2 chain 2 stores 0 spills 0 {{ *}}| loads 1 chain 1 stores 0 spills 0
// CHECK:      1 function differs, 1 is the same: instructions 3 → 2

struct stored {
  stored *parent;
  int value;
  int get() { return parent->value; }
};
struct inlined {
  int value;
  int get() { return value; }
};

template <class Op> int start_op(Op &op) { return op.get(); }
int other() { return 1; }

#ifdef BEFORE
template int start_op(stored &);
#else
template int start_op(inlined &);
#endif
