// COVERS: [exec.associate]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: associate: 16 bytes inlined, 32 stored, 16 by hand
// MEASURED: associate, start: 4 insns 2 loads chain 1 inlined; 4 insns 2 loads chain 1 stored; 4 insns 2 loads chain 1 by hand
#include "Inputs/measured.hpp"

inline auto associate(ex::simple_counting_scope &scope, int a) {
  return ex::just(a) | ex::associate(scope.get_token()) | ex::then([](int x) noexcept { return x; });
}
using op_associate = ex::connect_result_t<decltype(associate(*static_cast<ex::simple_counting_scope *>(nullptr), 0)), root>;
// The scope is what the association is given up to.
struct twin_associate {
  int value;
  ex::simple_counting_scope *scope;
};
void start_associate(op_associate &op) noexcept { ex::start(op); }
void hand_associate(twin_associate &op) noexcept {
  if (op.scope != nullptr) {
    sink(op.value);
  } else {
    sink_stopped();
  }
}
