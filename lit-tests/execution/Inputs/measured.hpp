// What the measured pipelines and their twins have in common: where results go, and the contexts they run on.
#ifndef SNUG_LIT_MEASURED_HPP
#define SNUG_LIT_MEASURED_HPP

#include <snug/execution.hpp>

#include <exception>

namespace ex = snug::execution;

// Opaque: what they are given must be computed.
void sink(int) noexcept;
void sink_error(std::exception_ptr) noexcept;
void sink_stopped() noexcept;

// A root receiver without state, so that nothing but the pipeline is measured.
struct root {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept { sink(0); }
  void set_value(int x) && noexcept { sink(x); }
  void set_value(int x, int y) && noexcept { sink(x + y); }
  void set_error(int e) && noexcept { sink(e); }
  void set_error(std::exception_ptr e) && noexcept { sink_error(static_cast<std::exception_ptr &&>(e)); }
  void set_stopped() && noexcept { sink_stopped(); }
};

// A root receiver whose environment has a stop token.
struct stoppable_state {
  snug::inplace_stop_source source;
};
struct stoppable_root : root {
  stoppable_state *state;
  auto get_env() const noexcept { return ex::prop(snug::get_stop_token, state->source.get_token()); }
};

#endif
