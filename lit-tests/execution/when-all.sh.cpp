// COVERS: [exec.when.all]
// ABOVE when_all2: the child that is started last looks whether it is the last to arrive, and then need not count down: a load saves a locked operation
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: when_all2: 20 bytes inlined, 48 stored, 20 by hand
// MEASURED: when_all2, start: 23 insns 9 loads chain 1 inlined; 25 insns 11 loads chain 2 stored; 26 insns 8 loads chain 1 by hand
// MEASURED: when_all_loop: 72 bytes inlined, 104 stored, 72 by hand
// MEASURED: when_all_loop, start: 10 insns 2 loads chain 1 inlined; 10 insns 2 loads chain 1 stored; 10 insns 2 loads chain 1 by hand
#include "Inputs/measured.hpp"

// By hand with an atomic count, since in general the children complete on different threads.
template <int N> struct by_hand {
  int value[N];
  int result[N];
  int left = N;

  bool arrive() noexcept { return __atomic_sub_fetch(&left, 1, __ATOMIC_ACQ_REL) == 0; }
};

using op_when_all2 = ex::connect_result_t<decltype(ex::when_all(ex::just(1), ex::just(2))), root>;
struct twin_when_all2 : by_hand<2> {};
void start_when_all2(op_when_all2 &op) noexcept { ex::start(op); }
void hand_when_all2(twin_when_all2 &op) noexcept {
  op.result[0] = op.value[0];
  if (op.arrive()) {
    sink(op.result[0] + op.result[1]);
  }
  op.result[1] = op.value[1];
  if (op.arrive()) {
    sink(op.result[0] + op.result[1]);
  }
}

// Two branches on a loop: started, they are two nodes in its queue.
inline auto branch(ex::run_loop &loop, int a) {
  return ex::schedule(loop.get_scheduler()) | ex::then([a]() noexcept { return a; });
}
inline auto when_all_loop(ex::run_loop &loop) { return ex::when_all(branch(loop, 1), branch(loop, 2)); }
using op_when_all_loop = ex::connect_result_t<decltype(when_all_loop(*static_cast<ex::run_loop *>(nullptr))), root>;
struct twin_when_all_loop {
  struct child : snug::detail::run_loop_node {
    int captured;
  };
  // Stopped when a sibling fails; the count lies in its tail padding.
  struct shared : snug::inplace_stop_source {
    unsigned char left;
  };
  child first;
  child second;
  shared state;
  int result[2];
};
void start_when_all_loop(op_when_all_loop &op) noexcept { ex::start(op); }
void hand_when_all_loop(twin_when_all_loop &op) noexcept {
  op.first.loop->push(op.first);
  op.second.loop->push(op.second);
}
