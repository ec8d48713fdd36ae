// COVERS: [static_thread_pool]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: pool_schedule: 16 bytes inlined, 16 stored, 16 by hand
// MEASURED: pool_schedule, start: 1 insns 0 loads chain 0 inlined; 1 insns 0 loads chain 0 stored; 1 insns 0 loads chain 0 by hand
// MEASURED: fan_out: 88 bytes inlined, 168 stored, 88 by hand
// MEASURED: fan_out, start: 8 insns 0 loads chain 0 inlined; 8 insns 0 loads chain 0 stored; 7 insns 0 loads chain 0 by hand
#include "Inputs/measured.hpp"

inline auto pool_schedule(ex::static_thread_pool &pool) { return ex::schedule(pool.get_scheduler()); }
using op_pool_schedule = ex::connect_result_t<decltype(pool_schedule(*static_cast<ex::static_thread_pool *>(nullptr))), root>;
struct twin_pool_schedule : snug::detail::thread_pool_node {};
void start_pool_schedule(op_pool_schedule &op) noexcept { ex::start(op); }
void hand_pool_schedule(twin_pool_schedule &op) noexcept { op.submit(); }

// Two branches of three levels each; their count lies in the stop source's tail padding.
inline auto branch(ex::static_thread_pool &pool, int a, int b, int c) {
  return ex::schedule(pool.get_scheduler()) | ex::then([a]() noexcept { return a; }) |
         ex::then([b](int x) noexcept { return x ^ b; }) | ex::then([c](int x) noexcept { return x + c; });
}
inline auto fan_out(ex::static_thread_pool &pool) { return ex::when_all(branch(pool, 1, 2, 3), branch(pool, 4, 5, 6)); }
using op_fan_out = ex::connect_result_t<decltype(fan_out(*static_cast<ex::static_thread_pool *>(nullptr))), root>;
struct twin_fan_out {
  struct child : snug::detail::thread_pool_node {
    int a, b, c;
  };
  struct shared : snug::inplace_stop_source {
    unsigned char left;
  };
  child first;
  child second;
  shared state;
  int result[2];
};
void start_fan_out(op_fan_out &op) noexcept { ex::start(op); }
void hand_fan_out(twin_fan_out &op) noexcept {
  op.first.submit();
  op.second.submit();
}
