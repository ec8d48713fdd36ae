// Google Benchmark: what coroutines cost per I/O, and messages over loopback, beside Boost.Asio in one run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "echo.hpp"
#include "levels.hpp"

#include "../../unittests/counted_new.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>

namespace {

using namespace bench;

// --- four levels over a stream that does nothing --------------------------------------------------------------------

// Calls to operator new. Asio asks for its memory by other ways, too.
class counters {
public:
  explicit counters(benchmark::State &state) : state_(state) {}
  void report(int ios) const {
    state_.counters["per_io"] = benchmark::Counter(
        static_cast<double>(ios), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state_.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations - before_), benchmark::Counter::kAvgIterations);
  }

private:
  benchmark::State &state_;
  std::size_t before_ = allocations;
};

template <level Level, class Context, class Stream> void levels_of_snug(benchmark::State &state) {
  Context context;
  Stream stream;
  std::size_t sum = run_snug<Level>(context, stream);
  counters const counted(state);
  for (auto _ : state) {
    sum += run_snug<Level>(context, stream);
  }
  benchmark::DoNotOptimize(sum);
  counted.report(ios_of(Level));
}
template <level Level, class Stream> void levels_of_asio(benchmark::State &state) {
  asio::io_context context(1);
  Stream stream(context.get_executor());
  std::size_t sum = run_asio<Level>(context, stream);
  counters const counted(state);
  for (auto _ : state) {
    sum += run_asio<Level>(context, stream);
  }
  benchmark::DoNotOptimize(sum);
  counted.report(ios_of(Level));
}

using ref = null_stream<io::executor_ref, resumes::directly>;
using ptr = null_stream<io::executor_ptr, resumes::directly>;
using env = null_stream<io::env_ptr, resumes::directly>;

#define SNUG_BENCH_LEVEL(name, l)                                                                                      \
  BENCHMARK(levels_of_snug<l, io::io_context, ref>)->Name(name ", bare/executor_ref");                                 \
  BENCHMARK(levels_of_snug<l, io::io_context, ptr>)->Name(name ", bare/executor_ptr");                                 \
  BENCHMARK(levels_of_snug<l, io::io_context, env>)->Name(name ", bare/env_ptr");                                      \
  BENCHMARK(levels_of_snug<l, plain_context, ptr>)->Name(name ", bare/executor_ptr, a queue alone");                   \
  BENCHMARK(levels_of_asio<l, asio_null_stream>)->Name(name ", bare/Boost.Asio");                                      \
  BENCHMARK(levels_of_snug<l, io::io_context, filter_stream<ref>>)->Name(name ", filtered/executor_ref");              \
  BENCHMARK(levels_of_snug<l, io::io_context, filter_stream<ptr>>)->Name(name ", filtered/executor_ptr");              \
  BENCHMARK(levels_of_snug<l, io::io_context, filter_stream<env>>)->Name(name ", filtered/env_ptr");                   \
  BENCHMARK(levels_of_snug<l, plain_context, filter_stream<ptr>>)                                                      \
      ->Name(name ", filtered/executor_ptr, a queue alone");                                                           \
  BENCHMARK(levels_of_asio<l, asio_filter_stream>)->Name(name ", filtered/Boost.Asio")

SNUG_BENCH_LEVEL("1 I/O", level::io);
SNUG_BENCH_LEVEL("5 I/Os", level::read);
SNUG_BENCH_LEVEL("10 I/Os", level::request);
SNUG_BENCH_LEVEL("1000 I/Os", level::session);

// --- loopback -------------------------------------------------------------------------------------------------------

// Each client sends a message, waits until it has come back, and so on.
template <class Echo> void echo(benchmark::State &state) {
  constexpr int rounds = 20;
  auto const clients = static_cast<int>(state.range(0));
  auto const size = static_cast<std::size_t>(state.range(1));
  Echo both(clients, size);
  both.run(rounds);
  std::size_t back = 0;
  for (auto _ : state) {
    back += both.run(rounds);
  }
  if (back != static_cast<std::size_t>(state.iterations() * rounds * clients) * size) {
    state.SkipWithError("bytes were lost");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(back));
  state.SetItemsProcessed(static_cast<std::int64_t>(back / size));
}
BENCHMARK(echo<snug_echo>)->Name("ping-pong, 64 bytes/snug")->Args({1, 64})->UseRealTime();
BENCHMARK(echo<asio_echo>)->Name("ping-pong, 64 bytes/Boost.Asio")->Args({1, 64})->UseRealTime();
BENCHMARK(echo<snug_echo>)->Name("echo, 64 connections, 1 KiB/snug")->Args({64, 1024})->UseRealTime();
BENCHMARK(echo<asio_echo>)->Name("echo, 64 connections, 1 KiB/Boost.Asio")->Args({64, 1024})->UseRealTime();

} // namespace
