// COVERS: [exec.just]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: just: 4 bytes inlined, 4 stored, 4 by hand
// MEASURED: just, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
// MEASURED: just_error: 4 bytes inlined, 4 stored, 4 by hand
// MEASURED: just_error, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
// MEASURED: just_stopped: 1 byte inlined, 1 stored, 1 by hand
// MEASURED: just_stopped, start: 1 insns 0 loads chain 0 inlined; 1 insns 0 loads chain 0 stored; 1 insns 0 loads chain 0 by hand
#include "Inputs/measured.hpp"

using op_just = ex::connect_result_t<decltype(ex::just(1)), root>;
struct twin_just {
  int value;
};
void start_just(op_just &op) noexcept { ex::start(op); }
void hand_just(twin_just &op) noexcept { sink(op.value); }

using op_just_error = ex::connect_result_t<decltype(ex::just_error(1)), root>;
struct twin_just_error {
  int error;
};
void start_just_error(op_just_error &op) noexcept { ex::start(op); }
void hand_just_error(twin_just_error &op) noexcept { sink(op.error); }

using op_just_stopped = ex::connect_result_t<decltype(ex::just_stopped()), root>;
struct twin_just_stopped {};
void start_just_stopped(op_just_stopped &op) noexcept { ex::start(op); }
void hand_just_stopped(twin_just_stopped &) noexcept { sink_stopped(); }
