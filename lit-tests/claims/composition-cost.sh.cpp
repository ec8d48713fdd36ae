// CLAIM: fewer levels mean less overhead: users will flatten expressions by hand
// SOURCE: P3425, "Cost of Composition"
// VERDICT: corrected: true of stored receivers (24 bytes more for two levels more); with inlined ones nesting costs nothing
// RUN: %compile %s -o %t.inlined -DMODE='"inlined"' && %t.inlined > %t.txt
// RUN: %compile %s -o %t.stored -DMODE='"stored"' -DSNUG_STORE_RECEIVERS=1 && %t.stored >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: three levels against one, inlined: 32 and 32 bytes
// MEASURED: three levels against one, stored: 64 and 40 bytes
#include "Inputs/when_all_tree.hpp"

#include <cstdio>

auto flattened(int f, int g, int h) {
  return ex::then(scheduled{}, [f, g, h]() noexcept { return (f ^ g) + h; });
}
struct int_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};
using nested_op = ex::connect_result_t<decltype(branch(scheduled{}, 0, 0, 0)), int_receiver>;
using flattened_op = ex::connect_result_t<decltype(flattened(0, 0, 0)), int_receiver>;

int main() {
  std::printf("three levels against one, %s: %zu and %zu bytes\n", MODE, sizeof(nested_op), sizeof(flattened_op));
}
