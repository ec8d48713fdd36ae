// COVERS: [exec.starts.on]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: starts_on_inline: 8 bytes inlined, 40 stored, 8 by hand
// MEASURED: starts_on_inline, start: 4 insns 2 loads chain 1 inlined; 5 insns 4 loads chain 3 stored; 4 insns 2 loads chain 1 by hand
// MEASURED: starts_on_loop: 32 bytes inlined, 64 stored, 32 by hand
// MEASURED: starts_on_loop, start: 4 insns 1 load chain 1 inlined; 4 insns 1 load chain 1 stored; 3 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

inline auto adding(int a, int b) {
  return ex::just(a) | ex::then([b](int x) noexcept { return x + b; });
}

inline auto starts_on_inline(int a, int b) { return ex::starts_on(ex::inline_scheduler(), adding(a, b)); }
using op_starts_on_inline = ex::connect_result_t<decltype(starts_on_inline(0, 0)), root>;
struct twin_starts_on_inline {
  int value;
  int captured;
};
void start_starts_on_inline(op_starts_on_inline &op) noexcept { ex::start(op); }
void hand_starts_on_inline(twin_starts_on_inline &op) noexcept { sink(op.value + op.captured); }

// The loop is needed after the node has lost it to the queue: the environment of what is started names the scheduler.
inline auto starts_on_loop(ex::run_loop &loop, int a, int b) { return ex::starts_on(loop.get_scheduler(), adding(a, b)); }
using op_starts_on_loop = ex::connect_result_t<decltype(starts_on_loop(*static_cast<ex::run_loop *>(nullptr), 0, 0)), root>;
struct twin_starts_on_loop : snug::detail::run_loop_node {
  int value;
  int captured;
  snug::detail::run_loop_queue *scheduler;
};
void start_starts_on_loop(op_starts_on_loop &op) noexcept { ex::start(op); }
void hand_starts_on_loop(twin_starts_on_loop &op) noexcept { op.loop->push(op); }
