// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What both halves of the program do, each in its own receiver mode.
#ifndef SNUG_UNITTESTS_EXECUTION_BOTH_MODES_PIPELINE_HPP
#define SNUG_UNITTESTS_EXECUTION_BOTH_MODES_PIPELINE_HPP

#include <snug/execution.hpp>

#include <cstddef>
#include <utility>

struct answer {
  int value;
  std::size_t size;
};

answer run_inlined(snug::inplace_stop_token token);
answer run_stored(snug::inplace_stop_token token);

namespace both_modes::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// Classes and functions of the same names in both halves: without the inline namespace the linker would keep one of
// each.
struct keep {
  using receiver_concept = ex::receiver_tag;
  int *result;
  snug::inplace_stop_token token;
  void set_value(int x, int y) && noexcept { *result = x + y; }
  void set_stopped() && noexcept { *result = -1; }
  ex::prop<snug::get_stop_token_t, snug::inplace_stop_token> get_env() const noexcept {
    return {snug::get_stop_token, token};
  }
};

template <class Rcvr> class seven_op : public ex::inlinable_operation_state<seven_op<Rcvr>, Rcvr> {
public:
  template <class Sndr>
  seven_op(Sndr const &, Rcvr rcvr) : ex::inlinable_operation_state<seven_op, Rcvr>(std::move(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = this->get_receiver();
    if (snug::get_stop_token(ex::get_env(rcvr)).stop_requested()) {
      ex::set_stopped(std::move(rcvr));
    } else {
      ex::set_value(std::move(rcvr), 7);
    }
  }
};
struct seven {
  using sender_concept = ex::sender_tag;
  using in_place_self = seven;
  template <class, class Rcvr> using operation_for = seven_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
};

struct increment {
  int operator()(int x) const noexcept { return x + 1; }
};

inline answer run(snug::inplace_stop_token token) {
  int result = 0;
  ex::run_loop loop;
  auto op = ex::connect(ex::when_all(seven{} | ex::then(increment{}) | ex::then(increment{}),
                                     ex::schedule(loop.get_scheduler()) | ex::then([]() noexcept { return 10; })),
                        keep{&result, token});
  ex::start(op);
  loop.finish();
  loop.run();
  return {result, sizeof(op)};
}

} // namespace both_modes::inline SNUG_ABI_NAMESPACE

#endif
