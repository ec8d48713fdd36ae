// CLAIM: completing the example dereferences extra pointers: 10 loads against 6
// SOURCE: P3425, "Example" (listing of start_op)
// VERDICT: reproduced (and the longest dependent chain of loads shrinks from 5 to 1)
// RUN: %compile -c %s -o %t.inlined.o
// RUN: %snug asm %t.inlined.o --function='^start_op\(' --format=json | %figures --name='start_op, inlined' > %t.txt
// RUN: %compile -c %s -o %t.stored.o -DSNUG_STORE_RECEIVERS=1
// RUN: %snug asm %t.stored.o --function='^start_op\(' --format=json | %figures --name='start_op, stored' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: start_op, inlined: 9 instructions, 27 bytes, 6 loads, 0 stores, chain 1, 0 spills, 1 call
// MEASURED: start_op, stored: 12 instructions, 39 bytes, 10 loads, 0 stores, chain 5, 0 spills, 1 call
#include "Inputs/op4.hpp"

void start_op(op4 &op) noexcept { ex::start(op); }
