// CLAIM: reading the stop token from a leaf walks four pointers; with inlined receivers it is at a constant offset
// SOURCE: P3425, "Overheads" and the slides on schedule_op::start
// VERDICT: reproduced (the flag itself is one load more in both: chain 5 against 1)
// RUN: %compile -c %s -o %t.inlined.o
// RUN: %snug asm %t.inlined.o --function='child<0.*::stop_requested' --format=json | %figures --name='stop flag from the first leaf, inlined' > %t.txt
// RUN: %compile -c %s -o %t.stored.o -DSNUG_STORE_RECEIVERS=1
// RUN: %snug asm %t.stored.o --function='child<0.*::stop_requested' --format=json | %figures --name='stop flag from the first leaf, stored' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: stop flag from the first leaf, inlined: 3 instructions, 7 bytes, 1 load, 0 stores, chain 1
// MEASURED: stop flag from the first leaf, stored: 7 instructions, 19 bytes, 5 loads, 0 stores, chain 5
#include "Inputs/when_all_tree.hpp"

void start_tree(leaf_tree &op) noexcept { ex::start(op); }
