// CLAIM: every completion of a task calls caller_ex_.dispatch() in final_suspend
// SOURCE: Executor Storage, "Benchmark Hot Paths"
// VERDICT: corrected: none need. Only the task of run_on has a caller on another executor; it continues with a coroutine that
//   dispatches there, and all others resume their caller with one jump, without a look at either executor
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^completes_' > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: completes_by_ptr
// MEASURED: loads 2, chain 2; stores 0; spills 0; calls 1 (1 indirect, 1 tail call)
// MEASURED: completes_by_ref
// MEASURED: loads 2, chain 2; stores 0; spills 0; calls 1 (1 indirect, 1 tail call)
#include "Inputs/executors.hpp"

template <class Handle> void complete(typename io::basic_task<Handle>::promise_type &promise) {
  auto const self = std::coroutine_handle<typename io::basic_task<Handle>::promise_type>::from_promise(promise);
  promise.final_suspend().await_suspend(self).resume();
}

extern "C" void completes_by_ptr(io::basic_task<io::executor_ptr>::promise_type &promise) {
  complete<io::executor_ptr>(promise);
}
extern "C" void completes_by_ref(io::basic_task<io::executor_ref>::promise_type &promise) {
  complete<io::executor_ref>(promise);
}
