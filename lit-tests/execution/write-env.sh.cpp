// COVERS: [exec.write.env]
// COVERS: [exec.unstoppable]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: write_env: 8 bytes inlined, 16 stored, 8 by hand
// MEASURED: write_env, start: 9 insns 2 loads chain 2 inlined; 10 insns 3 loads chain 3 stored; 9 insns 2 loads chain 2 by hand
// MEASURED: unstoppable: 8 bytes inlined, 16 stored, 8 by hand
// MEASURED: unstoppable, start: 2 insns 0 loads chain 0 inlined; 2 insns 0 loads chain 0 stored; 2 insns 0 loads chain 0 by hand
#include "Inputs/measured.hpp"

// A leaf that looks at its stop flag when it starts.
template <class Rcvr> class flag_op : public ex::inlinable_operation_state<flag_op<Rcvr>, Rcvr> {
public:
  flag_op(auto const &, Rcvr rcvr) noexcept : ex::inlinable_operation_state<flag_op, Rcvr>(static_cast<Rcvr &&>(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = this->get_receiver();
    bool const stopped = snug::get_stop_token(ex::get_env(rcvr)).stop_requested();
    ex::set_value(static_cast<Rcvr &&>(rcvr), static_cast<int>(stopped));
  }
};
struct flag {
  using sender_concept = ex::sender_tag;
  using in_place_self = flag;
  template <class, class Rcvr> using operation_for = flag_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
};

inline auto write_env(snug::inplace_stop_token token) { return flag() | ex::write_env(ex::prop(snug::get_stop_token, token)); }
using op_write_env = ex::connect_result_t<decltype(write_env({})), root>;
struct twin_write_env {
  snug::inplace_stop_token token;
};
void start_write_env(op_write_env &op) noexcept { ex::start(op); }
void hand_write_env(twin_write_env &op) noexcept { sink(op.token.stop_requested()); }

using op_unstoppable = ex::connect_result_t<decltype(flag() | ex::unstoppable), stoppable_root>;
struct twin_unstoppable {
  stoppable_state *root;
};
void start_unstoppable(op_unstoppable &op) noexcept { ex::start(op); }
void hand_unstoppable(twin_unstoppable &) noexcept { sink(0); }
