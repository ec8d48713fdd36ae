// COVERS: [exec.stopped.opt]
// COVERS: [exec.stopped.err]
// ABOVE optional_schedule: the second operation's environment names the scheduler on which it starts, kept apart from the node that is queued
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: stopped_as_error: 8 bytes inlined, 24 stored, 8 by hand
// MEASURED: stopped_as_error, start: 4 insns 1 load chain 1 inlined; 5 insns 2 loads chain 2 stored; 4 insns 1 load chain 1 by hand
// MEASURED: stopped_as_optional: 4 bytes inlined, 32 stored, 4 by hand
// MEASURED: stopped_as_optional, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
// MEASURED: optional_schedule: 32 bytes inlined, 64 stored, 24 by hand
// MEASURED: optional_schedule, start: 4 insns 1 load chain 1 inlined; 4 insns 1 load chain 1 stored; 3 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

#include <optional>

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

struct optional_root : root {
  using root::set_value;
  void set_value(std::optional<int> x) && noexcept { sink(x ? *x : -1); }
};
inline auto stopped_as_optional(int a) { return ex::just(a) | ex::stopped_as_optional; }
using op_stopped_as_optional = ex::connect_result_t<decltype(stopped_as_optional(0)), optional_root>;
struct twin_stopped_as_optional {
  int value;
};
void start_stopped_as_optional(op_stopped_as_optional &op) noexcept { ex::start(op); }
void hand_stopped_as_optional(twin_stopped_as_optional &op) noexcept { sink(op.value); }

// A sender that may be stopped, so that the second operation exists.
inline auto optional_schedule(ex::run_loop &loop) {
  return ex::schedule(loop.get_scheduler()) | ex::then([]() noexcept { return 1; }) | ex::stopped_as_optional;
}
struct stoppable_optional_root : optional_root {
  stoppable_state *state;
  auto get_env() const noexcept { return ex::prop(snug::get_stop_token, state->source.get_token()); }
};
using op_optional_schedule =
    ex::connect_result_t<decltype(optional_schedule(*static_cast<ex::run_loop *>(nullptr))), stoppable_optional_root>;
struct twin_optional_schedule : snug::detail::run_loop_node {
  stoppable_state *state;
};
void start_optional_schedule(op_optional_schedule &op) noexcept { ex::start(op); }
void hand_optional_schedule(twin_optional_schedule &op) noexcept { op.loop->push(op); }
