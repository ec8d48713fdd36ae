// COVERS: [P2300R10 split]
// WITHOUT TWIN split: the state is shared, and its list of waiting operations is what is measured
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: split: 16 bytes inlined, 24 stored
// MEASURED: split, start: 1 insns 0 loads chain 0 inlined; 1 insns 0 loads chain 0 stored
#include "Inputs/measured.hpp"

inline auto split() {
  return ex::split(ex::just(1)) | ex::then([](int const &x) noexcept { return x; });
}
using op_split = ex::connect_result_t<decltype(split()), root>;
// Flattened: start() is a function of its own otherwise.
[[gnu::flatten]] void start_split(op_split &op) noexcept { ex::start(op); }
