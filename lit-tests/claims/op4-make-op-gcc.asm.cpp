// CLAIM: connect() of the example stores each captured value once
// SOURCE: P3425, "Example" (listing of make_op), with g++ 12
// VERDICT: reproduced (g++ merges the six values into three stores with SIMD registers)
// RUN: %gxx -std=c++20 -O2 -DNDEBUG %include -c %s -o %t.o
// RUN: %snug asm %t.o --function='^make_op\(' --format=json | %figures --name='make_op, inlined, g++' \
// RUN:   | FileCheck %s --check-prefix=MEASURED
// MEASURED: make_op, inlined, g++: 12 instructions, 43 bytes, 0 loads, 3 stores, chain 0, 0 spills, 0 calls
#include "Inputs/op4.hpp"

op4 make_op(int offset, int multiplier, int a, int b, int c) {
  return connect_op4(offset, multiplier, a, b, c, empty_receiver{});
}
