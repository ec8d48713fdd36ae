// CLAIM: post() favours the abstract base: both designs read the context from the executor, and the vptr beside it is
//   "effectively free"
// SOURCE: Executor Storage, "Cache Behavior"
// VERDICT: corrected: each design makes 4 loads and touches 3 cache lines up to the context. The vptr does share its line with
//   the context's address, but that saves no line: executor_ref has its table where the base has its vtable, and reads
//   it one load earlier (chain 2 against 3)
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^post_ref' > %t.txt
// RUN: %snug asm %t.o --function='^plain_executor_post' >> %t.txt
// RUN: %snug asm %t.o --function='^post_ptr' >> %t.txt
// RUN: %snug asm %t.o --function='^base_executor_post' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: post_ref(
// MEASURED: loads 3, chain 2; stores 0; spills 0; calls 1 (1 indirect, 1 tail call); cache lines 2
// MEASURED: loads from: arg0 2, arg0→0 1
// MEASURED: plain_executor_post
// MEASURED: arg0→0
// MEASURED: post_ptr(
// MEASURED: loads 3, chain 3; stores 0; spills 0; calls 1 (1 indirect, 1 tail call); cache lines 3
// MEASURED: loads from: arg0 1, arg0→0 1, arg0→0→0 1
// MEASURED: base_executor_post
// MEASURED: arg0→8
#include "Inputs/executors.hpp"

void post_ref(io::executor_ref const &ex, io::work *w) { ex.post(w); }
void post_ptr(io::executor_ptr const &ex, io::work *w) { ex.post(w); }

// What each executor then does: it reads the context's address, of the base form 8 bytes behind the vptr.
extern "C" void plain_executor_post(plain_executor const &ex, io::work *w) { ex.post(w); }
extern "C" void base_executor_post(base_executor const &ex, io::work *w) { ex.base_executor::post(w); }
