// Silent: what is within its budget, what no budget speaks of, and frames of which no more is certain than that they fit.
// RUN: %verify_both %s --config=%S/Inputs/budgets.yaml -- --target=x86_64-linux-gnu -isystem %S/Inputs/system
// expected-no-diagnostics
#include "Inputs/coroutine.h"
#include <large_types.h>
#include <snug/expect.hpp>

struct of_no_budget {
  char a[5000];
};
task no_budget() {
  char buffer[4096];
  fill(buffer);
  co_await pause();
  use(buffer);
}

namespace app {
struct exactly_so {
  char a[1000];
};
struct [[clang::suppress("snug-oversized-operation")]] silenced {
  char a[5000];
};
// Never alive together: one place in the frame is enough.
task one_by_one() {
  {
    char first[400];
    fill(first);
    co_await pause();
    use(first);
  }
  {
    char second[400];
    fill(second);
    co_await pause();
    use(second);
  }
}
// Used before the suspension only.
task before() {
  {
    char buffer[1024];
    fill(buffer);
    use(buffer);
  }
  co_await pause();
}
// Filled after it: until then there is nothing to keep.
task after() {
  char buffer[1024];
  co_await pause();
  fill(buffer);
}
// A value that is written anew, not read.
struct big {
  char data[600];
};
task overwritten(big &from) {
  big value;
  value = from;
  long sum = value.data[0];
  co_await pause();
  use(reinterpret_cast<char const *>(&sum));
}
// Constants need no place, references to others only that of a pointer.
task constants(owner &a) {
  constexpr big table{};
  static char elsewhere[1024];
  owner &same = a;
  fill(elsewhere);
  co_await pause();
  use(same.bytes);
  use(elsewhere);
  static_assert(table.data[0] == 0);
}
// Starts at once: a parameter that is used up before the first suspension is not kept.
eager parameter(big value) {
  use(value.data);
  co_return;
}
// An awaiter that does nothing on resumption may be forgotten.
struct forgettable {
  char state[700];
  bool await_ready();
  void await_suspend(std::coroutine_handle<>) {}
  void await_resume() {}
};
task awaiting() { co_await forgettable(); }
// A lambda's own variables are not the coroutine's.
task with_lambda() {
  auto f = [] {
    char buffer[1024];
    fill(buffer);
    use(buffer);
  };
  co_await pause();
  f();
}
[[clang::suppress("snug-oversized-operation")]] task silenced_too() {
  owner a, b, c;
  co_await pause();
}
} // namespace app

SNUG(max_frame(632)) task stated() {
  owner a, b, c;
  co_await pause();
}
// More than the lower bound may be true: that is for code generation to say.
SNUG(frame(640)) task exactly() {
  owner a, b, c;
  co_await pause();
}
SNUG(min_frame(4000)) task at_least() { co_await pause(); }
// Not a coroutine: its frame is on the stack, for snug asm --verify.
SNUG(max_frame(8)) void plain() {
  char buffer[1024];
  fill(buffer);
}
