// CLAIM: made in await_ready(), the inner awaitable of an operation that completes at once skips await_suspend() entirely
// SOURCE: "Type-Erasing Awaitables", "Construct in await_ready"
// VERDICT: reproduced
// RUN: %compile %s -o %t && %t > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: any_read_stream, 1000 reads that are ready: 1000 made, 0 suspensions of the coroutine
// MEASURED: any_write_stream, 1000 writes that are ready: 1000 made, 1000 suspensions of the coroutine
//
// CLAIM: a short-circuit on empty buffers never makes the inner awaitable
// SOURCE: "Type-Erasing Awaitables", "Construct in await_suspend"
// VERDICT: reproduced (all operations that may be empty; the end of a sink is passed on, with bytes or without)
// RUN: FileCheck %s --check-prefix=MEASURED-1 < %t.txt
// MEASURED-1: any_write_stream, 1000 writes of nothing: 0 made, 0 suspensions of the coroutine
// MEASURED-1: any_read_source, 1000 reads of nothing: 0 made, 0 suspensions of the coroutine
// MEASURED-1: any_write_sink, 1000 writes of nothing: 0 made, 0 suspensions of the coroutine
// MEASURED-1: any_write_sink, 1000 ends with nothing: 1000 made, 1000 suspensions of the coroutine
//
// CLAIM: preallocated storage for the awaitable: zero steady-state allocation
// SOURCE: "Type-Erasing Awaitables", "Overview"
// VERDICT: reproduced (one block for each wrapper, in which a stream that is owned lies, too)
// RUN: FileCheck %s --check-prefix=MEASURED-2 < %t.txt
// MEASURED-2: to make a wrapper that refers to its stream: 1 allocation, one that owns it: 1 allocation
// MEASURED-2: 6000 operations: 0 allocations
#include <snug/any.hpp>

#include <coroutine>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <span>

static std::size_t allocations = 0;
void *operator new(std::size_t size) {
  ++allocations;
  return std::malloc(size);
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

namespace io = snug::io;

namespace {

std::size_t made = 0;
std::size_t suspensions = 0;

// Everything is ready.
struct ready_stream {
  template <class Result> struct awaitable {
    awaitable() { ++made; }
    static bool await_ready() noexcept { return true; }
    static io::coro await_suspend(io::coro h, io::executor_ptr, snug::inplace_stop_token) { return h; }
    static Result await_resume() { return {}; }
  };
  using some = awaitable<io::io_result<std::size_t>>;

  some read_some(std::span<io::mutable_buffer const>) { return {}; }
  some read(std::span<io::mutable_buffer const>) { return {}; }
  some write_some(std::span<io::const_buffer const>) { return {}; }
  some write(std::span<io::const_buffer const>) { return {}; }
  some write_eof(std::span<io::const_buffer const>) { return {}; }
  awaitable<io::io_result<>> write_eof() { return {}; }
};

// Counts how often its coroutine is suspended.
struct user {
  struct promise_type {
    template <class Awaitable> struct counted {
      Awaitable &awaitable;
      bool await_ready() { return awaitable.await_ready(); }
      io::coro await_suspend(io::coro h) {
        ++suspensions;
        return awaitable.await_suspend(h, io::executor_ptr(), {});
      }
      auto await_resume() { return awaitable.await_resume(); }
    };
    user get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { std::abort(); }
    template <class Awaitable> counted<Awaitable> await_transform(Awaitable &&awaitable) { return {awaitable}; }
  };
  std::coroutine_handle<promise_type> coroutine;
};

template <class Begin> user thousand(Begin begin) {
  for (int i = 0; i != 1000; ++i) {
    static_cast<void>(co_await begin());
  }
}

std::size_t allocated_by_operations = 0;
template <class Begin> void count(char const *what, Begin begin) {
  user const run = thousand(begin);
  made = suspensions = 0;
  std::size_t const before = allocations;
  run.coroutine.resume();
  allocated_by_operations += allocations - before;
  run.coroutine.destroy();
  std::printf("%s: %zu made, %zu suspensions of the coroutine\n", what, made, suspensions);
}

} // namespace

int main() {
  ready_stream inner;
  io::any_read_stream reads(&inner);
  io::any_write_stream writes(&inner);
  io::any_read_source source(&inner);
  io::any_write_sink sink(&inner);
  char memory[4] = {};
  io::mutable_buffer const some(memory, sizeof(memory));
  io::mutable_buffer const nothing;
  count("any_read_stream, 1000 reads that are ready", [&] { return reads.read_some(some); });
  count("any_write_stream, 1000 writes that are ready", [&] { return writes.write_some(some); });
  count("any_write_stream, 1000 writes of nothing", [&] { return writes.write_some(nothing); });
  count("any_read_source, 1000 reads of nothing", [&] { return source.read(nothing); });
  count("any_write_sink, 1000 writes of nothing", [&] { return sink.write(nothing); });
  count("any_write_sink, 1000 ends with nothing", [&] { return sink.write_eof(nothing); });

  std::size_t const before = allocations;
  io::any_write_sink const refers(&inner);
  std::size_t const between = allocations;
  io::any_write_sink const owns((ready_stream()));
  std::printf("to make a wrapper that refers to its stream: %zu allocation, one that owns it: %zu allocation\n",
              between - before, allocations - between);
  std::printf("6000 operations: %zu allocations\n", allocated_by_operations);
}
