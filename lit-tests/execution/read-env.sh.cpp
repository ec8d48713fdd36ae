// COVERS: [exec.read.env]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: read_env: 8 bytes inlined, 8 stored, 8 by hand
// MEASURED: read_env, start: 9 insns 2 loads chain 2 inlined; 9 insns 2 loads chain 2 stored; 9 insns 2 loads chain 2 by hand
#include "Inputs/measured.hpp"

struct token_root {
  using receiver_concept = ex::receiver_tag;
  stoppable_state *state;
  void set_value(snug::inplace_stop_token token) && noexcept { sink(token.stop_requested()); }
  auto get_env() const noexcept { return ex::prop(snug::get_stop_token, state->source.get_token()); }
};
using op_read_env = ex::connect_result_t<decltype(ex::read_env(snug::get_stop_token)), token_root>;
struct twin_read_env {
  stoppable_state *state;
};
void start_read_env(op_read_env &op) noexcept { ex::start(op); }
void hand_read_env(twin_read_env &op) noexcept { sink(op.state->source.get_token().stop_requested()); }
