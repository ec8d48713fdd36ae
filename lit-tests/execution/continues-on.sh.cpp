// COVERS: [exec.continues.on]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: continues_on_inline: 8 bytes inlined, 32 stored, 8 by hand
// MEASURED: continues_on_inline, start: 4 insns 1 load chain 1 inlined; 6 insns 4 loads chain 3 stored; 4 insns 1 load chain 1 by hand
// MEASURED: continues_on_loop: 24 bytes inlined, 48 stored, 24 by hand
// MEASURED: continues_on_loop, start: 5 insns 2 loads chain 1 inlined; 6 insns 3 loads chain 2 stored; 5 insns 2 loads chain 1 by hand
#include "Inputs/measured.hpp"

inline auto continues_on_inline(int a) { return ex::just(a) | ex::continues_on(ex::inline_scheduler()); }
using op_continues_on_inline = ex::connect_result_t<decltype(continues_on_inline(0)), root>;
struct twin_continues_on_inline {
  int value;
  int kept;
};
void start_continues_on_inline(op_continues_on_inline &op) noexcept { ex::start(op); }
void hand_continues_on_inline(twin_continues_on_inline &op) noexcept {
  op.kept = op.value;
  sink(op.kept);
}

inline auto continues_on_loop(ex::run_loop &loop, int a) { return ex::just(a) | ex::continues_on(loop.get_scheduler()); }
using op_continues_on_loop = ex::connect_result_t<decltype(continues_on_loop(*static_cast<ex::run_loop *>(nullptr), 0)), root>;
struct twin_continues_on_loop : snug::detail::run_loop_node {
  int value;
  int kept;
};
void start_continues_on_loop(op_continues_on_loop &op) noexcept { ex::start(op); }
void hand_continues_on_loop(twin_continues_on_loop &op) noexcept {
  op.kept = op.value;
  op.loop->push(op);
}
