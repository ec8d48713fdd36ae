// One pipeline, as a translation unit of a user's would have it: a function that connects it and one that starts it. What this costs
// to compile, and how much code it leaves, is printed by compile_costs.py.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "peer_pipelines.hpp"

using namespace peers;

void sink(int) noexcept;
struct sink_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto... values) && noexcept { sink((0 + ... + values)); }
  void set_error(auto &&) && noexcept {}
  void set_stopped() && noexcept {}
};

inline auto pipeline([[maybe_unused]] ex::run_loop &loop, int const *v) { return SNUG_PIPELINE; }
using op_t = op<decltype(pipeline(*static_cast<ex::run_loop *>(nullptr), nullptr)), sink_receiver>;

[[gnu::noinline]] op_t make_op(ex::run_loop &loop, int const *v) {
  return ex::connect(pipeline(loop, v), sink_receiver{});
}
[[gnu::noinline]] void start_op(op_t &op) { ex::start(op); }
