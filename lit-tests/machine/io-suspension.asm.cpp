// What a task of I/O does at each operation that suspends: it hands itself to the stream, posts, and jumps; nothing is
// spilled, nothing allocated, and no call comes back.
//
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^reads_by_.*resume' --format=json | %figures | FileCheck %s
// CHECK-DAG: reads_by_env{{.*}}: 28 instructions, {{[0-9]+}} bytes, 14 loads, 6 stores, chain 4, 0 spills, 1 call
// CHECK-DAG: reads_by_ptr{{.*}}: 10 instructions, 36 bytes, 5 loads, 3 stores, chain 3, 0 spills, 1 call
// CHECK-DAG: reads_by_ref{{.*}}: 10 instructions, {{[0-9]+}} bytes, 5 loads, 3 stores, chain 2, 0 spills, 1 call
#include <snug/io/task.hpp>

namespace io = snug::io;

struct stream {
  struct awaitable {
    static constexpr bool await_ready() noexcept { return false; }
    template <class Handle> void await_suspend(io::coro h, Handle ex, snug::inplace_stop_token) const noexcept {
      to->waiting = h;
      ex.post(&to->read);
    }
    static constexpr int await_resume() noexcept { return 1; }

    stream *to;
  };

  awaitable read_some() noexcept { return {this}; }

  io::work read;
  io::coro waiting;
};

io::basic_task<io::executor_ref> reads_by_ref(stream &s) {
  for (;;) {
    co_await s.read_some();
  }
}
io::basic_task<io::executor_ptr> reads_by_ptr(stream &s) {
  for (;;) {
    co_await s.read_some();
  }
}
io::basic_task<io::env_ptr> reads_by_env(stream &s) {
  for (;;) {
    co_await s.read_some();
  }
}
