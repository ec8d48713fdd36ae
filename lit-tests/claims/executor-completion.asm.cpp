// CLAIM: every completion of a task calls caller_ex_.dispatch() in final_suspend
// SOURCE: Executor Storage, "Benchmark Hot Paths"
// VERDICT: corrected: it need not: where a task returns to the executor that it runs on, which it sees by comparing the two
//   handles, it resumes its caller with one jump; with an environment there is nothing to compare
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^completes_' > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: completes_ref
// MEASURED: loads from: arg0 3, arg0→16 1
// MEASURED: cmp qword ptr [rax + 8], rdi
// MEASURED: completes_ptr
// MEASURED: loads from: arg0 2, arg0→8 1, arg0→8→0 1
// MEASURED: cmp qword ptr [rax], rdi
// MEASURED: completes_env
// MEASURED: loads 0, chain 0; stores 0; spills 0; calls 0; cache lines 0
#include "Inputs/executors.hpp"

extern "C" void *completes_ref(io::detail::task_context<io::executor_ref> const &context, void *next) {
  return context.leave(io::coro::from_address(next)).address();
}
extern "C" void *completes_ptr(io::detail::task_context<io::executor_ptr> const &context, void *next) {
  return context.leave(io::coro::from_address(next)).address();
}
extern "C" void *completes_env(io::detail::task_context<io::env_ptr> const &context, void *next) {
  return context.leave(io::coro::from_address(next)).address();
}
