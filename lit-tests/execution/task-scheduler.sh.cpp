// COVERS: [exec.task.scheduler]
// WITHOUT TWIN task_scheduler: what it erases is not known here; a table of functions is called
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: task_scheduler: 64 bytes inlined, 64 stored
// MEASURED: task_scheduler, start: 5 insns 2 loads chain 2 inlined; 5 insns 2 loads chain 2 stored
#include "Inputs/measured.hpp"

using op_task_scheduler = ex::connect_result_t<ex::schedule_result_t<ex::task_scheduler>, root>;
void start_task_scheduler(op_task_scheduler &op) noexcept { ex::start(op); }
