// COVERS: [exec.task]
// WITHOUT TWIN task: the coroutine is in a frame of its own, and this is what starts it and holds its result
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: task: 32 bytes inlined, 40 stored
// MEASURED: task, start: 9 insns 2 loads chain 2 inlined; 10 insns 2 loads chain 2 stored
#include "Inputs/measured.hpp"

struct on_the_spot : root {
  auto get_env() const noexcept { return ex::prop(ex::get_start_scheduler, ex::task_scheduler(ex::inline_scheduler())); }
};
struct environment {
  using start_scheduler_type = ex::inline_scheduler;
};
ex::task<int, environment> work();
inline auto task() {
  return work() | ex::then([](int x) noexcept { return x; });
}
using op_task = ex::connect_result_t<decltype(task()), root>;
void start_task(op_task &op) noexcept { ex::start(op); }
