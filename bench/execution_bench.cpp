// Google Benchmark: connect and start of each pipeline beside its hand-written twin, inline and with an escaped
// address. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "pipelines.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace bench;

template <auto Make, class Receiver, bool Escape> void pipeline(benchmark::State &state) {
  inputs in;
  for (auto _ : state) {
    escape(in);
    auto op = ex::connect(Make(in), Receiver{});
    if constexpr (Escape)
      escape(op);
    ex::start(op);
  }
}

template <class Op, bool Escape> void by_hand(benchmark::State &state) {
  inputs in;
  for (auto _ : state) {
    escape(in);
    Op op(in);
    if constexpr (Escape)
      escape(op);
    op.start();
  }
}

BENCHMARK(by_hand<op4_by_hand, false>)->Name("op4/by hand");
BENCHMARK(pipeline<op4_sender, sink_receiver, false>)->Name("op4/snug");
BENCHMARK(by_hand<op4_by_hand, true>)->Name("op4/by hand, escaped");
BENCHMARK(pipeline<op4_sender, sink_receiver, true>)->Name("op4/snug, escaped");
BENCHMARK(by_hand<chain8_by_hand, false>)->Name("chain8/by hand");
BENCHMARK(pipeline<chain_sender<8>, sink_receiver, false>)->Name("chain8/snug");
BENCHMARK(by_hand<chain8_by_hand, true>)->Name("chain8/by hand, escaped");
BENCHMARK(pipeline<chain_sender<8>, sink_receiver, true>)->Name("chain8/snug, escaped");
BENCHMARK(by_hand<when_all_by_hand<2>, false>)->Name("when_all2/by hand");
BENCHMARK(by_hand<when_all_by_hand_atomic<2>, false>)->Name("when_all2/by hand, atomic");
BENCHMARK(pipeline<when_all_sender<2>, sink_receiver, false>)->Name("when_all2/snug");
BENCHMARK(by_hand<when_all_by_hand_atomic<2>, true>)->Name("when_all2/by hand, atomic, escaped");
BENCHMARK(pipeline<when_all_sender<2>, sink_receiver, true>)->Name("when_all2/snug, escaped");

} // namespace
