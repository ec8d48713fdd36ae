// Two ways to hand work to an executor, and what one would write by hand: what docs/asm.md shows the machine code of.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

namespace {

struct executor_ops {
  void (*dispatch)(void *object, int work);
};

struct executor {
  virtual void dispatch(int work) = 0;
};

struct promise {
  executor_ops const *ops;
  void *object;
  executor *base;
};

} // namespace

// EXPECT: through_table :: rdi=promise rdi->[0]=ops loads=3 chain=2 loads(promise)=2 loads(ops)=1
extern "C" void through_table(promise &p, int work) { p.ops->dispatch(p.object, work); }

// EXPECT: through_vtable :: loads=3 chain=3
extern "C" void through_vtable(promise &p, int work) { p.base->dispatch(work); }

// EXPECT: by_hand :: loads=3 chain=2
extern "C" void by_hand(promise &p, int work) {
  auto *dispatch = p.ops->dispatch;
  dispatch(p.object, work);
}
