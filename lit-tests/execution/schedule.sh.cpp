// COVERS: [exec.schedule]
// COVERS: [exec.run.loop]
// COVERS: [exec.inline.scheduler]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: run_loop: 16 bytes inlined, 16 stored, 16 by hand
// MEASURED: run_loop, start: 3 insns 1 load chain 1 inlined; 3 insns 1 load chain 1 stored; 3 insns 1 load chain 1 by hand
// MEASURED: inline_scheduler: 1 byte inlined, 1 stored, 1 by hand
// MEASURED: inline_scheduler, start: 2 insns 0 loads chain 0 inlined; 2 insns 0 loads chain 0 stored; 2 insns 0 loads chain 0 by hand
#include "Inputs/measured.hpp"

inline auto run_loop(ex::run_loop &loop) { return ex::schedule(loop.get_scheduler()); }
using op_run_loop = ex::connect_result_t<decltype(run_loop(*static_cast<ex::run_loop *>(nullptr))), root>;
struct twin_run_loop : snug::detail::run_loop_node {};
void start_run_loop(op_run_loop &op) noexcept { ex::start(op); }
void hand_run_loop(twin_run_loop &op) noexcept { op.loop->push(op); }

using op_inline_scheduler = ex::connect_result_t<decltype(ex::schedule(ex::inline_scheduler())), root>;
struct twin_inline_scheduler {};
void start_inline_scheduler(op_inline_scheduler &op) noexcept { ex::start(op); }
void hand_inline_scheduler(twin_inline_scheduler &) noexcept { sink(0); }
