// COVERS: [exec.spawn]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: spawn: 32 bytes inlined, 48 stored, 32 by hand
// MEASURED: spawn, start: 7 insns 2 loads chain 1 inlined; 8 insns 2 loads chain 1 stored; 8 insns 2 loads chain 1 by hand
#include "Inputs/measured.hpp"

// What spawn allocates: the operation and the association, and no receiver.
inline auto spawned(ex::run_loop &loop, int a) {
  return ex::schedule(loop.get_scheduler()) | ex::then([a]() noexcept { sink(a); });
}
using op_spawn = ex::detail::spawn_state<snug::detail::default_allocator<std::byte>,
                                         ex::detail::association_of_t<ex::simple_counting_scope::token>,
                                         decltype(spawned(*static_cast<ex::run_loop *>(nullptr), 0))>;
struct twin_spawn : snug::detail::run_loop_node {
  int captured;
  ex::simple_counting_scope *scope;
};
void start_spawn(op_spawn &op) noexcept { op.run(); }
void hand_spawn(twin_spawn &op) noexcept {
  if (op.scope != nullptr) {
    op.loop->push(op);
  } else {
    delete &op;
  }
}
