// COVERS: [exec.then]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: then: 8 bytes inlined, 24 stored, 8 by hand
// MEASURED: then, start: 4 insns 2 loads chain 1 inlined; 5 insns 3 loads chain 2 stored; 4 insns 2 loads chain 1 by hand
// MEASURED: upon_error: 8 bytes inlined, 24 stored, 8 by hand
// MEASURED: upon_error, start: 4 insns 2 loads chain 1 inlined; 5 insns 3 loads chain 2 stored; 4 insns 2 loads chain 1 by hand
// MEASURED: upon_stopped: 4 bytes inlined, 16 stored, 4 by hand
// MEASURED: upon_stopped, start: 2 insns 1 load chain 1 inlined; 3 insns 2 loads chain 2 stored; 2 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

inline auto then(int a, int b) {
  return ex::just(a) | ex::then([b](int x) noexcept { return x + b; });
}
using op_then = ex::connect_result_t<decltype(then(0, 0)), root>;
struct twin_then {
  int value;
  int captured;
};
void start_then(op_then &op) noexcept { ex::start(op); }
void hand_then(twin_then &op) noexcept { sink(op.value + op.captured); }

inline auto upon_error(int a, int b) {
  return ex::just_error(a) | ex::upon_error([b](int e) noexcept { return e * b; });
}
using op_upon_error = ex::connect_result_t<decltype(upon_error(0, 0)), root>;
struct twin_upon_error {
  int error;
  int captured;
};
void start_upon_error(op_upon_error &op) noexcept { ex::start(op); }
void hand_upon_error(twin_upon_error &op) noexcept { sink(op.error * op.captured); }

inline auto upon_stopped(int b) {
  return ex::just_stopped() | ex::upon_stopped([b]() noexcept { return b; });
}
using op_upon_stopped = ex::connect_result_t<decltype(upon_stopped(0)), root>;
struct twin_upon_stopped {
  int captured;
};
void start_upon_stopped(op_upon_stopped &op) noexcept { ex::start(op); }
void hand_upon_stopped(twin_upon_stopped &op) noexcept { sink(op.captured); }
