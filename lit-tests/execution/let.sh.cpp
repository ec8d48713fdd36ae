// COVERS: [exec.let]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: let_value: 12 bytes inlined, 24 stored, 12 by hand
// MEASURED: let_value, start: 6 insns 2 loads chain 1 inlined; 7 insns 3 loads chain 2 stored; 6 insns 2 loads chain 1 by hand
// MEASURED: let_error: 12 bytes inlined, 24 stored, 12 by hand
// MEASURED: let_error, start: 6 insns 2 loads chain 1 inlined; 7 insns 3 loads chain 2 stored; 6 insns 2 loads chain 1 by hand
// MEASURED: let_stopped: 8 bytes inlined, 24 stored, 8 by hand
// MEASURED: let_stopped, start: 4 insns 1 load chain 1 inlined; 5 insns 2 loads chain 2 stored; 4 insns 1 load chain 1 by hand
// MEASURED: let3: 40 bytes inlined, 72 stored, 40 by hand
// MEASURED: let3, start: 15 insns 3 loads chain 1 inlined; 19 insns 4 loads chain 2 stored; 15 insns 4 loads chain 1 by hand
#include "Inputs/measured.hpp"

// The value stays in the operation, since the second sender may refer to it; the second operation takes the place of the first.
inline auto let_value(int a, int b) {
  return ex::just(a) | ex::let_value([b](int &x) noexcept { return ex::just(x + b); });
}
using op_let_value = ex::connect_result_t<decltype(let_value(0, 0)), root>;
struct twin_let_value {
  int child;
  int value;
  int captured;
};
void start_let_value(op_let_value &op) noexcept { ex::start(op); }
void hand_let_value(twin_let_value &op) noexcept {
  op.value = op.child;
  op.child = op.value + op.captured;
  sink(op.child);
}

inline auto let_error(int a, int b) {
  return ex::just_error(a) | ex::let_error([b](int &e) noexcept { return ex::just(e + b); });
}
using op_let_error = ex::connect_result_t<decltype(let_error(0, 0)), root>;
struct twin_let_error {
  int child;
  int error;
  int captured;
};
void start_let_error(op_let_error &op) noexcept { ex::start(op); }
void hand_let_error(twin_let_error &op) noexcept {
  op.error = op.child;
  op.child = op.error + op.captured;
  sink(op.child);
}

inline auto let_stopped(int b) {
  return ex::just_stopped() | ex::let_stopped([b]() noexcept { return ex::just(b); });
}
using op_let_stopped = ex::connect_result_t<decltype(let_stopped(0)), root>;
struct twin_let_stopped {
  int child;
  int captured;
};
void start_let_stopped(op_let_stopped &op) noexcept { ex::start(op); }
void hand_let_stopped(twin_let_stopped &op) noexcept {
  op.child = op.captured;
  sink(op.child);
}

// Three levels, one inside the other.
inline auto let3(int a, int b, int c, int d) {
  return ex::let_value(ex::just(a), [b, c, d](int &x) noexcept {
    return ex::let_value(ex::just(x + b), [c, d](int &y) noexcept {
      return ex::let_value(ex::just(y ^ c), [d](int &z) noexcept { return ex::just(z + d); });
    });
  });
}
using op_let3 = ex::connect_result_t<decltype(let3(0, 0, 0, 0)), root>;
struct twin_let3 {
  int child, x;
  int b, c, d;
  int y, c2, d2;
  int z, d3;
};
void start_let3(op_let3 &op) noexcept { ex::start(op); }
void hand_let3(twin_let3 &op) noexcept {
  op.x = op.child;
  op.c2 = op.c;
  op.d2 = op.d;
  op.y = op.x + op.b;
  op.d3 = op.d2;
  op.z = op.y ^ op.c2;
  op.child = op.z + op.d3;
  sink(op.child);
}
