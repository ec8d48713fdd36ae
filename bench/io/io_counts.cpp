// One function per level, storage and peer, for valgrind to count: run once before, so that frames are there already.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "levels.hpp"

#include <cstddef>
#include <cstdio>

namespace {

using namespace bench;

std::size_t sum = 0;

template <class Context, class Stream> struct with_snug {
  template <level Level> static void run() { sum += run_snug<Level>(context, stream); }

  static inline Context context;
  static inline Stream stream;
};
template <class Stream> struct with_asio {
  template <level Level> static void run() { sum += run_asio<Level>(context, stream); }

  static inline asio::io_context context{1};
  static inline Stream stream{context.get_executor()};
};

using ref = null_stream<io::executor_ref, resumes::directly>;
using ptr = null_stream<io::executor_ptr, resumes::directly>;
using env = null_stream<io::env_ptr, resumes::directly>;
using dispatched = null_stream<io::executor_ptr, resumes::dispatched>;

} // namespace

#define SNUG_BENCH_FUNCTION(name, ...)                                                                                 \
  extern "C" __attribute__((noinline)) void name() { __VA_ARGS__(); }
#define SNUG_BENCH_LEVELS(name, ...)                                                                                   \
  SNUG_BENCH_FUNCTION(name##_io, __VA_ARGS__::run<level::io>)                                                          \
  SNUG_BENCH_FUNCTION(name##_read, __VA_ARGS__::run<level::read>)                                                      \
  SNUG_BENCH_FUNCTION(name##_request, __VA_ARGS__::run<level::request>)                                                \
  SNUG_BENCH_FUNCTION(name##_session, __VA_ARGS__::run<level::session>)
#define SNUG_BENCH_STREAM(name, context, stream)                                                                       \
  SNUG_BENCH_LEVELS(name##_bare, with_snug<context, stream>)                                                           \
  SNUG_BENCH_LEVELS(name##_filter, with_snug<context, filter_stream<stream>>)

SNUG_BENCH_STREAM(queue_ref, plain_context, ref)
SNUG_BENCH_STREAM(queue_ptr, plain_context, ptr)
SNUG_BENCH_STREAM(queue_env, plain_context, env)
SNUG_BENCH_STREAM(queue_dispatched, plain_context, dispatched)
SNUG_BENCH_STREAM(context_ref, io::io_context, ref)
SNUG_BENCH_STREAM(context_ptr, io::io_context, ptr)
SNUG_BENCH_STREAM(context_env, io::io_context, env)
SNUG_BENCH_LEVELS(asio_bare, with_asio<asio_null_stream>)
SNUG_BENCH_LEVELS(asio_filter, with_asio<asio_filter_stream>)

// What is run through the type is not counted, as every call of a function with a name is: it leaves the frames that the
// others use.
#define SNUG_BENCH_RUN(name, ...)                                                                                      \
  __VA_ARGS__::run<level::io>();                                                                                       \
  __VA_ARGS__::run<level::read>();                                                                                     \
  __VA_ARGS__::run<level::request>();                                                                                  \
  __VA_ARGS__::run<level::session>();                                                                                  \
  name##_io();                                                                                                         \
  name##_read();                                                                                                       \
  name##_request();                                                                                                    \
  name##_session()
#define SNUG_BENCH_RUN_STREAM(name, context, stream)                                                                   \
  SNUG_BENCH_RUN(name##_bare, with_snug<context, stream>);                                                             \
  SNUG_BENCH_RUN(name##_filter, with_snug<context, filter_stream<stream>>)

int main() {
  SNUG_BENCH_RUN_STREAM(queue_ref, plain_context, ref);
  SNUG_BENCH_RUN_STREAM(queue_ptr, plain_context, ptr);
  SNUG_BENCH_RUN_STREAM(queue_env, plain_context, env);
  SNUG_BENCH_RUN_STREAM(queue_dispatched, plain_context, dispatched);
  SNUG_BENCH_RUN_STREAM(context_ref, io::io_context, ref);
  SNUG_BENCH_RUN_STREAM(context_ptr, io::io_context, ptr);
  SNUG_BENCH_RUN_STREAM(context_env, io::io_context, env);
  SNUG_BENCH_RUN(asio_bare, with_asio<asio_null_stream>);
  SNUG_BENCH_RUN(asio_filter, with_asio<asio_filter_stream>);
  std::printf("%zu bytes read\n", sum);
}
