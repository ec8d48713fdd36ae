// COVERS: [exec.spawn.future]
// WITHOUT TWIN spawn_future: the operation that waits meets one in memory of its own, and that meeting is what is measured
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: spawn_future: 16 bytes inlined, 24 stored
// MEASURED: spawn_future, start: 1 insns 0 loads chain 0 inlined; 1 insns 0 loads chain 0 stored
#include "Inputs/measured.hpp"

inline auto future(ex::simple_counting_scope &scope) {
  return ex::spawn_future(ex::just(1), scope.get_token()) | ex::then([](int x) noexcept { return x; });
}
using op_spawn_future = ex::connect_result_t<decltype(future(*static_cast<ex::simple_counting_scope *>(nullptr))), root>;
void start_spawn_future(op_spawn_future &op) noexcept { ex::start(op); }
