// One function per pipeline and twin, for valgrind to count: executed instructions do not depend on the machine's mood.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pipelines.hpp"

#include <cstdio>

namespace {
using namespace bench;

template <class Sender, class Receiver> void run(Sender &&sender, Receiver receiver) {
  auto op = ex::connect(static_cast<Sender &&>(sender), receiver);
  ex::start(op);
}
template <class Sender, class Receiver> void run_escaped(Sender &&sender, Receiver receiver) {
  auto op = ex::connect(static_cast<Sender &&>(sender), receiver);
  escape(op);
  ex::start(op);
}
template <class Op> void run_by_hand_escaped(inputs const &in) {
  Op op(in);
  escape(op);
  op.start();
}
} // namespace

#define SNUG_BENCH_FUNCTION extern "C" __attribute__((noinline)) void

SNUG_BENCH_FUNCTION op4_snug(inputs const &in) { run(op4_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION op4_hand(inputs const &in) { op4_by_hand(in).start(); }
SNUG_BENCH_FUNCTION op4_escaped_snug(inputs const &in) { run_escaped(op4_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION op4_escaped_hand(inputs const &in) { run_by_hand_escaped<op4_by_hand>(in); }
SNUG_BENCH_FUNCTION chain8_snug(inputs const &in) { run(chain_sender<8>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION chain8_hand(inputs const &in) { chain8_by_hand(in).start(); }
SNUG_BENCH_FUNCTION chain8_escaped_snug(inputs const &in) { run_escaped(chain_sender<8>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION chain8_escaped_hand(inputs const &in) { run_by_hand_escaped<chain8_by_hand>(in); }
SNUG_BENCH_FUNCTION let1_snug(inputs const &in) { run(let1_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let1_hand(inputs const &in) { let1_by_hand(in).start(); }
SNUG_BENCH_FUNCTION let1_escaped_snug(inputs const &in) { run_escaped(let1_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let1_escaped_hand(inputs const &in) { run_by_hand_escaped<let1_by_hand>(in); }
SNUG_BENCH_FUNCTION let3_snug(inputs const &in) { run(let3_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let3_hand(inputs const &in) { let3_by_hand(in).start(); }
SNUG_BENCH_FUNCTION let3_escaped_snug(inputs const &in) { run_escaped(let3_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let3_escaped_hand(inputs const &in) { run_by_hand_escaped<let3_by_hand>(in); }
SNUG_BENCH_FUNCTION upon_error_snug(inputs const &in) { run(upon_error_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION upon_error_hand(inputs const &in) { upon_error_by_hand(in).start(); }
SNUG_BENCH_FUNCTION let_error_snug(inputs const &in) { run(let_error_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let_error_hand(inputs const &in) { let1_by_hand(in).start(); }
SNUG_BENCH_FUNCTION let_stopped_snug(inputs const &in) { run(let_stopped_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION let_stopped_hand(inputs const &in) { value_by_hand(in).start(); }
SNUG_BENCH_FUNCTION continues_on_snug(inputs const &in) { run(continues_on_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION continues_on_hand(inputs const &in) { value_by_hand(in).start(); }
SNUG_BENCH_FUNCTION continues_on_escaped_snug(inputs const &in) {
  run_escaped(continues_on_sender(in), sink_receiver{});
}
SNUG_BENCH_FUNCTION continues_on_escaped_hand(inputs const &in) { run_by_hand_escaped<value_by_hand>(in); }
SNUG_BENCH_FUNCTION starts_on_snug(inputs const &in) { run(starts_on_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION starts_on_hand(inputs const &in) { starts_on_by_hand(in).start(); }
SNUG_BENCH_FUNCTION starts_on_escaped_snug(inputs const &in) { run_escaped(starts_on_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION starts_on_escaped_hand(inputs const &in) { run_by_hand_escaped<starts_on_by_hand>(in); }
SNUG_BENCH_FUNCTION bulk_snug(inputs const &in) { run(bulk_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION bulk_hand(inputs const &in) { bulk_by_hand(in).start(); }
SNUG_BENCH_FUNCTION when_all2_snug(inputs const &in) { run(when_all_sender<2>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all2_hand(inputs const &in) { when_all_by_hand<2>(in).start(); }
SNUG_BENCH_FUNCTION when_all2_atomic_hand(inputs const &in) { when_all_by_hand_atomic<2>(in).start(); }
SNUG_BENCH_FUNCTION when_all2_escaped_snug(inputs const &in) { run_escaped(when_all_sender<2>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all2_escaped_hand(inputs const &in) { run_by_hand_escaped<when_all_by_hand_atomic<2>>(in); }
SNUG_BENCH_FUNCTION when_all4_snug(inputs const &in) { run(when_all_sender<4>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all4_hand(inputs const &in) { when_all_by_hand<4>(in).start(); }
SNUG_BENCH_FUNCTION when_all4_atomic_hand(inputs const &in) { when_all_by_hand_atomic<4>(in).start(); }
SNUG_BENCH_FUNCTION when_all4_escaped_snug(inputs const &in) { run_escaped(when_all_sender<4>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all4_escaped_hand(inputs const &in) { run_by_hand_escaped<when_all_by_hand_atomic<4>>(in); }
SNUG_BENCH_FUNCTION when_all8_snug(inputs const &in) { run(when_all_sender<8>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all8_hand(inputs const &in) { when_all_by_hand<8>(in).start(); }
SNUG_BENCH_FUNCTION when_all8_atomic_hand(inputs const &in) { when_all_by_hand_atomic<8>(in).start(); }
SNUG_BENCH_FUNCTION when_all8_escaped_snug(inputs const &in) { run_escaped(when_all_sender<8>(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION when_all8_escaped_hand(inputs const &in) { run_by_hand_escaped<when_all_by_hand_atomic<8>>(in); }
SNUG_BENCH_FUNCTION branches_snug(inputs const &in) { run(branches_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION branches_atomic_hand(inputs const &in) { branches_by_hand_atomic(in).start(); }
SNUG_BENCH_FUNCTION branches_escaped_snug(inputs const &in) { run_escaped(branches_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION branches_escaped_hand(inputs const &in) { run_by_hand_escaped<branches_by_hand_atomic>(in); }
SNUG_BENCH_FUNCTION stop9b_snug(inputs const &in) { run(stop9b_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION stop9b_atomic_hand(inputs const &in) { stop9b_by_hand_atomic(in).start(); }
SNUG_BENCH_FUNCTION stop9b_escaped_snug(inputs const &in) { run_escaped(stop9b_sender(in), sink_receiver{}); }
SNUG_BENCH_FUNCTION stop9b_escaped_hand(inputs const &in) { run_by_hand_escaped<stop9b_by_hand_atomic>(in); }

int main() {
  inputs in;
  for (auto function : {op4_snug,
                        op4_hand,
                        op4_escaped_snug,
                        op4_escaped_hand,
                        chain8_snug,
                        chain8_hand,
                        chain8_escaped_snug,
                        chain8_escaped_hand,
                        let1_snug,
                        let1_hand,
                        let1_escaped_snug,
                        let1_escaped_hand,
                        let3_snug,
                        let3_hand,
                        let3_escaped_snug,
                        let3_escaped_hand,
                        upon_error_snug,
                        upon_error_hand,
                        let_error_snug,
                        let_error_hand,
                        let_stopped_snug,
                        let_stopped_hand,
                        continues_on_snug,
                        continues_on_hand,
                        continues_on_escaped_snug,
                        continues_on_escaped_hand,
                        starts_on_snug,
                        starts_on_hand,
                        starts_on_escaped_snug,
                        starts_on_escaped_hand,
                        bulk_snug,
                        bulk_hand,
                        when_all2_snug,
                        when_all2_hand,
                        when_all2_atomic_hand,
                        when_all2_escaped_snug,
                        when_all2_escaped_hand,
                        when_all4_snug,
                        when_all4_hand,
                        when_all4_atomic_hand,
                        when_all4_escaped_snug,
                        when_all4_escaped_hand,
                        when_all8_snug,
                        when_all8_hand,
                        when_all8_atomic_hand,
                        when_all8_escaped_snug,
                        when_all8_escaped_hand,
                        branches_snug,
                        branches_atomic_hand,
                        branches_escaped_snug,
                        branches_escaped_hand,
                        stop9b_snug,
                        stop9b_atomic_hand,
                        stop9b_escaped_snug,
                        stop9b_escaped_hand}) {
    escape(in);
    function(in);
  }
  std::puts("each pipeline ran once");
}
