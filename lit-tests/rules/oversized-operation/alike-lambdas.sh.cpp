// Code generation numbers lambdas without linkage in an order of its own, so which of several in one place and of one type
// has which frame is not known to the plugin. A bound on one of them is broken when it is for every frame that may be it,
// holds when it does for every one, and is undecided otherwise; what its source needs at least rules frames out.
// REQUIRES: plugin
// DEFINE: %{compile} = %clangxx -std=c++23 --target=x86_64-linux-gnu -c -o %t.o %plugin %include %s
// RUN: not %{compile} -O2 -DBOTH_BREAK 2>&1 | FileCheck %s --check-prefix=BOTH
// RUN: %{compile} -O2 -DNONE_BREAKS -Werror
// RUN: %{compile} -O2 -DONE_BREAKS 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not %{compile} -O2 -DONE_BREAKS -fplugin-arg-snug-strict=true 2>&1 | FileCheck %s --check-prefix=STRICT
// RUN: not %{compile} -O2 -DLARGE_BREAKS 2>&1 | FileCheck %s --check-prefix=LARGE
// RUN: not %{compile} -O0 -DONLY 2>&1 | FileCheck %s --check-prefix=ONLY
#include "Inputs/coroutine.h"
#include <snug/expect.hpp>

#ifdef ONLY
#define SECOND
#else
#define SECOND                                                                                                         \
  auto second = [] SNUG(max_frame(LARGE)) () -> task {                                                                             \
    char buffer[1024];                                                                                                 \
    fill(buffer);                                                                                                      \
    co_await pause();                                                                                                  \
    use(buffer);                                                                                                       \
  };                                                                                                                   \
  second();
#endif
#define SMALL 4096
#define LARGE 4096
#if defined(BOTH_BREAK) || defined(ONLY)
#undef SMALL
#define SMALL 8
#elif defined(ONE_BREAKS)
#undef SMALL
#define SMALL 512
#elif defined(LARGE_BREAKS)
#undef LARGE
#define LARGE 1000
#endif

// BOTH: error: the frame of the coroutine lambda is [[#SMALL:]] or [[#]] bytes; at most 8 bytes were stated [snug-oversized-operation]
// ONE: warning: the frame of the coroutine lambda is [[#SMALL:]] or [[#]] bytes; at most 512 bytes were stated [snug-oversized-operation]
// ONE: note: which of 2 coroutine lambdas without linkage in one place and of one type this is cannot be told; a function with a name can
// STRICT: error: the frame of the coroutine lambda is [[#]] or [[#]] bytes; at most 512 bytes were stated
// LARGE-NOT: {{error|warning}}: the frame
// LARGE: error: the frame of the coroutine lambda is [[#]] bytes; at most 1000 bytes were stated [snug-oversized-operation]
// LARGE-NOT: {{error|warning}}: the frame
// ONLY: error: the frame of the coroutine lambda is [[#]] bytes; at most 8 bytes were stated [snug-oversized-operation]
void spawn() {
  auto first = [] SNUG(max_frame(SMALL)) () -> task { co_await pause(); };
  SECOND
  first();
}
