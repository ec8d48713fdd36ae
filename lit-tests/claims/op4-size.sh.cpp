// CLAIM: the operation state of the example is 80 bytes in the status quo and 24 bytes with inlined receivers
// SOURCE: P3425, "Example" ("op4 size")
// VERDICT: corrected: 80 to 32 with a pointer-sized receiver, 72 to 24 with the slide's empty one, which a stored form
//   need not give 8 bytes
// RUN: %compile %s -o %t.inlined -DMODE='"inlined"' && %t.inlined > %t.txt
// RUN: %compile %s -o %t.stored -DMODE='"stored"' -DSNUG_STORE_RECEIVERS=1 && %t.stored >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: inlined: 24 bytes with an empty receiver, 32 with a pointer-sized one
// MEASURED: stored: 72 bytes with an empty receiver, 80 with a pointer-sized one
#include "Inputs/op4.hpp"

#include <cstdio>

void sink(int) noexcept {}

int main() {
  std::printf("%s: %zu bytes with an empty receiver, %zu with a pointer-sized one\n", MODE, sizeof(op4),
              sizeof(op4_pointer));
}
