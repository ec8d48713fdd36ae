// COVERS: [exec.stopped.err]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: stopped_as_error: 8 bytes inlined, 24 stored, 8 by hand
// MEASURED: stopped_as_error, start: 4 insns 1 load chain 1 inlined; 5 insns 2 loads chain 2 stored; 4 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

inline auto stopped_as_error(int e) { return ex::just_stopped() | ex::stopped_as_error(e); }
using op_stopped_as_error = ex::connect_result_t<decltype(stopped_as_error(0)), root>;
struct twin_stopped_as_error {
  int child;
  int error;
};
void start_stopped_as_error(op_stopped_as_error &op) noexcept { ex::start(op); }
void hand_stopped_as_error(twin_stopped_as_error &op) noexcept {
  op.child = op.error;
  sink(op.child);
}
