// COVERS: [exec.par.scheduler]
// WITHOUT TWIN parallel_schedule: the backend is called through a table, since a program may replace it
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: parallel_schedule: 40 bytes inlined, 48 stored
// MEASURED: parallel_schedule, start: 5 insns 0 loads chain 0 inlined; 5 insns 0 loads chain 0 stored
#include "Inputs/measured.hpp"

inline auto parallel_schedule() {
  return ex::schedule(ex::get_parallel_scheduler()) | ex::then([]() noexcept { return 1; });
}
using op_parallel_schedule = ex::connect_result_t<decltype(parallel_schedule()), root>;
void start_parallel_schedule(op_parallel_schedule &op) noexcept { ex::start(op); }
