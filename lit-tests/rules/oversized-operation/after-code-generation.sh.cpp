// Once code is generated the plugin knows each frame, at every level, of elided frames too, and says the size that Clang's
// own remark says. A stated frame that is different is an error then; a budget stays a warning. The code is the same
// with and without. [dcl.fct.def.coroutine]/9.
// REQUIRES: plugin
// RUN: not %clangxx -std=c++20 --target=x86_64-linux-gnu -O2 -c -o %t.o %plugin %include -Rpass=coro-split %s 2>&1 | FileCheck %s
// RUN: not %clangxx -std=c++20 --target=x86_64-linux-gnu -O0 -c -o %t.o %plugin %include -Rpass=coro-split %s 2>&1 | FileCheck %s
// RUN: not %clangxx -std=c++20 --target=x86_64-linux-gnu -O2 -S -emit-llvm -o %t.ll %plugin %include -Rpass=coro-split %s 2>&1 | FileCheck %s
// RUN: %clangxx -std=c++20 --target=x86_64-linux-gnu -O2 -c -o %t-kept.o %plugin %include -DKEPT -Werror %s
// RUN: %clangxx -std=c++20 --target=x86_64-linux-gnu -O2 -c -o %t-without.o %include -DKEPT %s
// RUN: llvm-objcopy --remove-section=.snug.facts %t-kept.o %t-stripped.o
// RUN: llvm-objcopy %t-without.o %t-copied.o
// RUN: cmp %t-stripped.o %t-copied.o
#include "Inputs/coroutine.h"
#include <snug/expect.hpp>

#ifdef KEPT
#define BOUND(n) 4096
#else
#define BOUND(n) n
#endif

// CHECK: remark: Split '{{.*}}frame_size=[[#FRAME:]]
// CHECK: error: the frame of coroutine 'local' is [[#FRAME]] bytes; at most 600 bytes were stated [snug-oversized-operation]
// CHECK: note: 16 bytes hold the promise, of type 'task::promise_type'
// CHECK: note: 1024 bytes are kept alive while this co_await waits
// CHECK: note: 1024 bytes hold 'buffer', of type 'char[1024]'
// CHECK: note: the frame was stated here
SNUG(max_frame(BOUND(600))) task local() {
  char buffer[1024];
  fill(buffer);
  co_await pause();
  use(buffer);
}
// More than can be told from the source.
// CHECK: error: the frame of coroutine 'exactly' is {{[0-9]+}} bytes; at most 32 bytes were stated
SNUG(max_frame(BOUND(32))) task exactly() { co_await pause(); }
// CHECK: error: the frame of coroutine 'at_least' is {{[0-9]+}} bytes; at least 9000 bytes were stated
SNUG(min_frame(BOUND(9000) == 4096 ? 8 : 9000)) task at_least() { co_await pause(); }
// Its frame is elided in the caller; it has one all the same.
// CHECK: error: the frame of coroutine 'inner' is {{[0-9]+}} bytes; at most 200 bytes were stated
SNUG(max_frame(BOUND(200))) static task inner() {
  owner a;
  co_await pause();
}
task outer() {
  inner();
  co_await pause();
}
// A promise that is kept, and those that are silenced: by an attribute, by clang-tidy's comments.
SNUG(max_frame(4096)) task fits() { co_await pause(); }
[[clang::suppress("snug-oversized-operation")]] SNUG(max_frame(BOUND(1))) task silenced() { co_await pause(); }
SNUG(max_frame(BOUND(1))) task line() { co_await pause(); } // NOLINT(snug-oversized-operation)
// NOLINTNEXTLINE
SNUG(max_frame(BOUND(1))) task next_line() { co_await pause(); }
// NOLINTBEGIN(snug-oversized-*)
SNUG(max_frame(BOUND(1))) task between() { co_await pause(); }
// NOLINTEND(snug-oversized-*)
// CHECK-NOT: {{error|warning}}: the frame
// CHECK: error: the frame of coroutine 'other_rule' is {{[0-9]+}} bytes; at most 1 byte was stated
SNUG(max_frame(BOUND(1))) task other_rule() { co_await pause(); } // NOLINT(snug-stored-back-pointer)
// CHECK-NOT: {{error|warning}}: the frame
// CHECK: 5 errors generated
