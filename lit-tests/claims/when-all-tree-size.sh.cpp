// CLAIM: inlining the eight receivers below when_all makes the tree at least 64 bytes smaller
// SOURCE: P3425, "An Observation" and the slides on schedule_op::start
// VERDICT: reproduced
// RUN: %compile %s -o %t.inlined -DMODE='"inlined"' && %t.inlined > %t.txt
// RUN: %compile %s -o %t.stored -DMODE='"stored"' -DSNUG_STORE_RECEIVERS=1 && %t.stored >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: when_all tree, inlined: 96 bytes
// MEASURED: when_all tree, stored: 176 bytes
#include "Inputs/when_all_tree.hpp"

#include <cstdio>

#if SNUG_STORE_RECEIVERS
static_assert(sizeof(tree) == 176);
#else
static_assert(sizeof(tree) <= 176 - 64 && sizeof(tree) <= 120);
#endif

int main() { std::printf("when_all tree, %s: %zu bytes\n", MODE, sizeof(tree)); }
