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
SNUG_BENCH_FUNCTION when_all2_snug(inputs const &in) { run(when_all2_sender(in), sum_receiver{}); }
SNUG_BENCH_FUNCTION when_all2_hand(inputs const &in) { when_all2_by_hand(in).start(); }
SNUG_BENCH_FUNCTION when_all2_atomic_hand(inputs const &in) { when_all2_by_hand_atomic(in).start(); }
SNUG_BENCH_FUNCTION when_all2_escaped_snug(inputs const &in) { run_escaped(when_all2_sender(in), sum_receiver{}); }
SNUG_BENCH_FUNCTION when_all2_escaped_hand(inputs const &in) { run_by_hand_escaped<when_all2_by_hand_atomic>(in); }

int main() {
  inputs in;
  for (auto function : {op4_snug, op4_hand, op4_escaped_snug, op4_escaped_hand, chain8_snug, chain8_hand,
                        chain8_escaped_snug, chain8_escaped_hand, when_all2_snug, when_all2_hand, when_all2_atomic_hand,
                        when_all2_escaped_snug, when_all2_escaped_hand}) {
    escape(in);
    function(in);
  }
  std::puts("each pipeline ran once");
}
