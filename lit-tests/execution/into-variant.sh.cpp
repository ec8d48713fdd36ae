// COVERS: [exec.into.variant]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: into_variant: 4 bytes inlined, 16 stored, 4 by hand
// MEASURED: into_variant, start: 2 insns 1 load chain 1 inlined; 2 insns 1 load chain 1 stored; 2 insns 1 load chain 1 by hand
#include "Inputs/measured.hpp"

#include <tuple>
#include <variant>

struct variant_root {
  using receiver_concept = ex::receiver_tag;
  void set_value(std::variant<std::tuple<int>> values) && noexcept { sink(std::get<0>(std::get<0>(values))); }
};
using op_into_variant = ex::connect_result_t<decltype(ex::into_variant(ex::just(1))), variant_root>;
struct twin_into_variant {
  int value;
};
void start_into_variant(op_into_variant &op) noexcept { ex::start(op); }
void hand_into_variant(twin_into_variant &op) noexcept { sink(op.value); }
