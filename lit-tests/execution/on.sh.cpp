// COVERS: [exec.on]
// COVERS: [exec.schedule.from]
// COVERS: [exec.affine]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: on_loop: 64 bytes inlined, 112 stored, 64 by hand
// MEASURED: on_loop, start: 4 insns 1 load chain 1 inlined; 4 insns 1 load chain 1 stored; 4 insns 1 load chain 1 by hand
// MEASURED: on_inline: 12 bytes inlined, 64 stored, 12 by hand
// MEASURED: on_inline, start: 5 insns 2 loads chain 1 inlined; 10 insns 8 loads chain 6 stored; 5 insns 2 loads chain 1 by hand
// MEASURED: schedule_from: 4 bytes inlined, 16 stored, 4 by hand
// MEASURED: schedule_from, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
// MEASURED: affine: 16 bytes inlined, 16 stored, 16 by hand
// MEASURED: affine, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

// A root that runs on a loop, to which on() and affine() return.
struct on_a_loop : root {
  ex::run_loop *loop;
  auto get_env() const noexcept { return ex::prop(ex::get_start_scheduler, loop->get_scheduler()); }
};
inline auto adding(int a, int b) {
  return ex::just(a) | ex::then([b](int x) noexcept { return x + b; });
}

// Two nodes, since either queue may still hold one; the scheduler that the environment names; what is sent back.
inline auto on_loop(ex::run_loop &loop, int a, int b) { return ex::on(loop.get_scheduler(), adding(a, b)); }
using op_on_loop = ex::connect_result_t<decltype(on_loop(*static_cast<ex::run_loop *>(nullptr), 0, 0)), on_a_loop>;
struct twin_on_loop {
  ex::run_loop *back_to;
  struct node : snug::detail::run_loop_node {
  };
  node there;
  ex::run_loop *scheduler;
  int value;
  int captured;
  node back;
  int result;
};
void start_on_loop(op_on_loop &op) noexcept { ex::start(op); }
void hand_on_loop(twin_on_loop &op) noexcept { op.there.loop->push(op.there); }

struct on_the_spot : root {
  auto get_env() const noexcept { return ex::prop(ex::get_start_scheduler, ex::inline_scheduler()); }
};
inline auto on_inline(int a, int b) { return ex::on(ex::inline_scheduler(), adding(a, b)); }
using op_on_inline = ex::connect_result_t<decltype(on_inline(0, 0)), on_the_spot>;
struct twin_on_inline {
  int value;
  int captured;
  int result;
};
void start_on_inline(op_on_inline &op) noexcept { ex::start(op); }
void hand_on_inline(twin_on_inline &op) noexcept {
  op.result = op.value + op.captured;
  sink(op.result);
}

using op_schedule_from = ex::connect_result_t<decltype(ex::schedule_from(ex::just(1))), root>;
struct twin_schedule_from {
  int value;
};
void start_schedule_from(op_schedule_from &op) noexcept { ex::start(op); }
void hand_schedule_from(twin_schedule_from &op) noexcept { sink(op.value); }

// Known to complete where it started: affine() changes nothing.
using op_affine = ex::connect_result_t<decltype(ex::affine(ex::just(1))), on_a_loop>;
struct twin_affine {
  ex::run_loop *loop;
  int value;
};
void start_affine(op_affine &op) noexcept { ex::start(op); }
void hand_affine(twin_affine &op) noexcept { sink(op.value); }
