// CLAIM: completing the example dereferences extra pointers: 10 loads against 6
// SOURCE: P3425, "Example" (listing of start_op), with g++ 12
// VERDICT: reproduced
// RUN: %gxx -std=c++20 -O2 -DNDEBUG %include -c %s -o %t.inlined.o
// RUN: %snug asm %t.inlined.o --function='^start_op\(' --format=json | %figures --name='start_op, inlined, g++' > %t.txt
// RUN: %gxx -std=c++20 -O2 -DNDEBUG %include -c %s -o %t.stored.o -DSNUG_STORE_RECEIVERS=1
// RUN: %snug asm %t.stored.o --function='^start_op\(' --format=json | %figures --name='start_op, stored, g++' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: start_op, inlined, g++: 8 instructions, 25 bytes, 6 loads, 0 stores, chain 1, 0 spills, 1 call
// MEASURED: start_op, stored, g++: 12 instructions, 39 bytes, 10 loads, 0 stores, chain 5, 0 spills, 1 call
#include "Inputs/op4.hpp"

void start_op(op4 &op) noexcept { ex::start(op); }
