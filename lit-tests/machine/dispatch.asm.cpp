// Three loads per dispatch in both designs of an executor handle, but not equally deep: a table of functions beside the
// object is reached in two steps, a virtual function in three, because its table is found through the object.
//
// RUN: %clangxx -std=c++20 -O2 --target=x86_64-linux-gnu -fPIC -c %s -o %t.o
// RUN: %snug asm %t.o %s --verify
// RUN: %snug asm %t.o --function=dispatch_ | FileCheck %s

using coro = void *;

struct operations {
  coro (*dispatch)(void const *, coro);
};
struct executor_ref {
  operations const *ops;
  void const *object;
};
struct executor_base {
  virtual coro dispatch(coro) const = 0;
};
struct promise_with_ref {
  long other[2];
  executor_ref executor;
};
struct promise_with_pointer {
  long other[2];
  executor_base const *executor;
};

// EXPECT: dispatch_by_table :: loads=3 chain=2 indirect_calls=1 tail_calls=1 cache_lines=2
// CHECK-LABEL: dispatch_by_table
// CHECK:         loads from: arg0 2, arg0→16 1
// CHECK-DAG:     arg0→16
// CHECK-DAG:     arg0→24
// CHECK:         arg0→16→0
extern "C" coro dispatch_by_table(promise_with_ref &p, coro h) {
  return p.executor.ops->dispatch(p.executor.object, h);
}

// EXPECT: dispatch_by_vtable :: loads=3 chain=3 indirect_calls=1 tail_calls=1 cache_lines=3
// CHECK-LABEL: dispatch_by_vtable
// CHECK:         loads from: arg0 1, arg0→16 1, arg0→16→0 1
// CHECK:         arg0→16
// CHECK:         arg0→16→0
// CHECK:         arg0→16→0→0
extern "C" coro dispatch_by_vtable(promise_with_pointer &p, coro h) { return p.executor->dispatch(h); }
