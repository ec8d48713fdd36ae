// The alignment that cures it is offered as a replacement on the note, never applied by itself: it may change a size.
// The cured form is silent. [dcl.align]/2.
// REQUIRES: plugin
// RUN: %clangxx -std=c++20 -fsyntax-only --target=x86_64-linux-gnu %plugin %include -fdiagnostics-parseable-fixits %s 2>&1 \
// RUN:   | FileCheck %s
// RUN: %clangxx -std=c++20 -fsyntax-only --target=x86_64-linux-gnu %plugin %include -DCURED -Werror %s
#include <snug/expect.hpp>

#ifdef CURED
#define CURE(n) alignas(n)
#else
#define CURE(n)
#endif

struct CURE(16) pair {
  SNUG(hot(1)) void *head;
  SNUG(hot(1)) void *tail;
};
// CHECK: warning: the hot members 'head' to 'tail' of 'pair'
// CHECK: fix-it:"{{.*}}fix-its.sh.cpp":{[[#@LINE-5]]:17-[[#@LINE-5]]:17}:"alignas(16) "

struct late {
  long cold[7];
  CURE(16) SNUG(hot(1)) long a;
  SNUG(hot(1)) long b;
};
// CHECK: warning: the hot members 'a' to 'b' of 'late'
// Before the attributes or behind them: Clang 19 lets a member begin behind.
// CHECK: fix-it:"{{.*}}fix-its.sh.cpp":{[[#@LINE-5]]:{{12|25}}-[[#@LINE-5]]:{{12|25}}}:"alignas(16) "
