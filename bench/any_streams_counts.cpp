// One function per form of type erasure, for valgrind to count: a thousand reads each.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "any_streams.hpp"

#include <cstddef>
#include <cstdio>

namespace {
using namespace bench;

constexpr std::size_t reads = 1000;
std::size_t sum = 0;

template <class Stream, template <class> class From> void read_thousand() {
  Stream stream;
  From<Stream> from(&stream);
  sum += run(stream, from, reads);
}
} // namespace

#define SNUG_BENCH_FUNCTION extern "C" __attribute__((noinline)) void
#define SNUG_BENCH_FORMS(name, ...)                                                                                    \
  SNUG_BENCH_FUNCTION name##_native() { read_thousand<__VA_ARGS__, native>(); }                                        \
  SNUG_BENCH_FUNCTION name##_flat() { read_thousand<__VA_ARGS__, flat_in_ready>(); }                                   \
  SNUG_BENCH_FUNCTION name##_split() { read_thousand<__VA_ARGS__, split_in_ready>(); }                                 \
  SNUG_BENCH_FUNCTION name##_flat_in_suspend() { read_thousand<__VA_ARGS__, flat_in_suspend>(); }                      \
  SNUG_BENCH_FUNCTION name##_split_in_suspend() { read_thousand<__VA_ARGS__, split_in_suspend>(); }                    \
  SNUG_BENCH_FUNCTION name##_steps() { read_thousand<__VA_ARGS__, step_by_step>(); }

SNUG_BENCH_FORMS(ready_inlined, ready_stream)
SNUG_BENCH_FORMS(ready, opaque<ready_stream>)
SNUG_BENCH_FORMS(waiting_inlined, waiting_stream)
SNUG_BENCH_FORMS(waiting, opaque<waiting_stream>)

#define SNUG_BENCH_CALLS(name)                                                                                         \
  name##_native, name##_flat, name##_split, name##_flat_in_suspend, name##_split_in_suspend, name##_steps

int main() {
  for (auto function : {SNUG_BENCH_CALLS(ready_inlined), SNUG_BENCH_CALLS(ready), SNUG_BENCH_CALLS(waiting_inlined),
                        SNUG_BENCH_CALLS(waiting)}) {
    function();
  }
  std::printf("%zu bytes read\n", sum);
}
