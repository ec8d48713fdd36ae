// COVERS: [exec.scope.concepts]
// COVERS: [exec.scope.simple.counting]
// COVERS: [exec.scope.counting]
// WITHOUT TWIN join: the scope's own list of who waits is what is measured
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: join: 40 bytes inlined, 56 stored
// MEASURED: join, start: 12 insns 1 load chain 1 inlined; 12 insns 1 load chain 1 stored
#include "Inputs/measured.hpp"

struct on_a_loop : root {
  ex::run_loop *loop;
  auto get_env() const noexcept { return ex::prop(ex::get_start_scheduler, loop->get_scheduler()); }
};
inline auto join(ex::simple_counting_scope &scope) { return scope.join() | ex::then([]() noexcept {}); }
using op_join = ex::connect_result_t<decltype(join(*static_cast<ex::simple_counting_scope *>(nullptr))), on_a_loop>;
void start_join(op_join &op) noexcept { ex::start(op); }
