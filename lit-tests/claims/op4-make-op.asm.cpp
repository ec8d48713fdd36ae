// CLAIM: connect() needs extra instructions to initialise pointer-to-parent members: 17 instructions and 11 stores against 8
//   and 6
// SOURCE: P3425, "Example" (listing of make_op)
// VERDICT: reproduced (our stored form has 10 stores: an empty receiver is not initialised)
// RUN: %compile -c %s -o %t.inlined.o
// RUN: %snug asm %t.inlined.o --function='^make_op\(' --format=json | %figures --name='make_op, inlined' > %t.txt
// RUN: %compile -c %s -o %t.stored.o -DSNUG_STORE_RECEIVERS=1
// RUN: %snug asm %t.stored.o --function='^make_op\(' --format=json | %figures --name='make_op, stored' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: make_op, inlined: 8 instructions, 23 bytes, 0 loads, 6 stores, chain 0, 0 spills, 0 calls
// MEASURED: make_op, stored: 14 instructions, 47 bytes, 0 loads, 10 stores, chain 0, 0 spills, 0 calls
#include "Inputs/op4.hpp"

op4 make_op(int offset, int multiplier, int a, int b, int c) {
  return connect_op4(offset, multiplier, a, b, c, empty_receiver{});
}
