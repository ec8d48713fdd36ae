// The runtime's own algorithms, in the pipelines that the benchmarks run: no operation state leads back to its parent
// by a pointer, unless receivers are stored; children that share storage are looked into.
// RUN: %snug check --checks=stored-back-pointer %source_root/bench/instruction_counts.cpp -- -std=c++20 %include 2> %t.inlined.txt
// RUN: FileCheck %s --check-prefix=INLINED < %t.inlined.txt
// INLINED: 1 file, 0 findings, 0 undecided
// RUN: %snug check --checks=stored-back-pointer %source_root/bench/instruction_counts.cpp -- -std=c++20 %include -DSNUG_STORE_RECEIVERS=1 > %t.stored.txt
// RUN: FileCheck %s --check-prefix=STORED < %t.stored.txt
// STORED: operation state 'snug::execution::detail::let_op<…>' stores 3 back-pointers, 24 bytes
