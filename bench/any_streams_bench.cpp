// Google Benchmark: what type erasure adds to a read_some that completes at once or suspends, by the form of the table,
// with the tables in the cache and out of it. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "any_streams.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>

#ifdef __x86_64__
#include <emmintrin.h>
#endif

namespace {

using namespace bench;

constexpr std::size_t reads = 1000;

template <class Stream, template <class> class From> void read_some(benchmark::State &state) {
  Stream stream;
  From<Stream> from(&stream);
  for (auto _ : state) {
    benchmark::DoNotOptimize(&from);
    benchmark::DoNotOptimize(run(stream, from, reads));
  }
  state.counters["per_read"] =
      benchmark::Counter(reads, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

#define SNUG_BENCH_FORMS(name, ...)                                                                                    \
  BENCHMARK(read_some<__VA_ARGS__, native>)->Name(name "/native");                                                     \
  BENCHMARK(read_some<__VA_ARGS__, flat_in_ready>)->Name(name "/flat, made in await_ready");                           \
  BENCHMARK(read_some<__VA_ARGS__, split_in_ready>)->Name(name "/split, made in await_ready");                         \
  BENCHMARK(read_some<__VA_ARGS__, flat_in_suspend>)->Name(name "/flat, made in await_suspend");                       \
  BENCHMARK(read_some<__VA_ARGS__, split_in_suspend>)->Name(name "/split, made in await_suspend");                     \
  BENCHMARK(read_some<__VA_ARGS__, step_by_step>)->Name(name "/flat, a call for each step")

SNUG_BENCH_FORMS("at once, inlined", ready_stream);
SNUG_BENCH_FORMS("at once", opaque<ready_stream>);
SNUG_BENCH_FORMS("suspended, inlined", waiting_stream);
SNUG_BENCH_FORMS("suspended", opaque<waiting_stream>);

#ifdef __x86_64__
// One read at a time, the tables thrown out of every cache before it. The clock takes its share of the time.
template <template <class> class From, bool WithTables> void read_some_cold(benchmark::State &state) {
  using stream_type = opaque<ready_stream>;
  stream_type stream;
  From<stream_type> from(&stream);
  std::size_t sum = 0;
  for (auto _ : state) {
    if constexpr (WithTables) {
      _mm_clflush(&flat_table<stream_type>);
      _mm_clflush(&split_table<stream_type>);
      _mm_clflush(&io::detail::awaitable_ops_of<io::detail::read_some_call::awaitable<stream_type>, io::executor_ptr>);
    }
    _mm_mfence();
    auto const begin = std::chrono::steady_clock::now();
    auto operation = from.read_some(io::mutable_buffer(&sum, 1));
    if (operation.await_ready()) {
      sum += operation.await_resume().value;
    }
    auto const end = std::chrono::steady_clock::now();
    state.SetIterationTime(std::chrono::duration<double>(end - begin).count());
  }
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(read_some_cold<flat_in_ready, false>)->Name("one at a time/flat")->UseManualTime();
BENCHMARK(read_some_cold<split_in_ready, false>)->Name("one at a time/split")->UseManualTime();
BENCHMARK(read_some_cold<flat_in_ready, true>)->Name("tables out of the cache/flat")->UseManualTime();
BENCHMARK(read_some_cold<split_in_ready, true>)->Name("tables out of the cache/split")->UseManualTime();
#endif

} // namespace
