// CLAIM: dispatch() costs 3 loads in both designs: 2 from the promise and 1 from a static table, or 1 from the promise, 1
//   from the executor and 1 from a static table; "total indirection cost is equivalent"
// SOURCE: Executor Storage, "Indirection Analysis"
// VERDICT: corrected: 3 loads each and where they go are reproduced, but they are no equivalent: through executor_ref the
//   longest chain of dependent loads is 2 and 2 cache lines are touched, through executor_base* 3 and 3, as each load needs
//   the one before
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^dispatch_' > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: dispatch_ref(
// MEASURED: loads 3, chain 2; stores 0; spills 0; calls 1 (1 indirect, 1 tail call); cache lines 2
// MEASURED: loads from: arg0 2, arg0→0 1
// MEASURED: arg0→0→0
// MEASURED: dispatch_ptr(
// MEASURED: loads 3, chain 3; stores 0; spills 0; calls 1 (1 indirect, 1 tail call); cache lines 3
// MEASURED: loads from: arg0 1, arg0→0 1, arg0→0→0 1
// MEASURED: arg0→0→0→16
// MEASURED: dispatch_env(
// MEASURED: loads 4, chain 4; stores 0; spills 0; calls 1 (1 indirect, 1 tail call); cache lines 4
#include "Inputs/executors.hpp"

io::coro dispatch_ref(io::executor_ref const &ex, io::coro h) { return ex.dispatch(h); }
io::coro dispatch_ptr(io::executor_ptr const &ex, io::coro h) { return ex.dispatch(h); }
io::coro dispatch_env(io::env_ptr const &ex, io::coro h) { return ex.dispatch(h); }
