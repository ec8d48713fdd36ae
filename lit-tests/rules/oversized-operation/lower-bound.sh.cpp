// What is estimated from the source is never more than what code generation makes of it, optimised or not, and at -O2
// at most 64 bytes less. [dcl.fct.def.coroutine]/9.
// REQUIRES: plugin
// RUN: %snug check %s --config=%S/Inputs/zero.yaml -- -std=c++20 --target=x86_64-linux-gnu > %t-estimates
// RUN: %clangxx -std=c++20 --target=x86_64-linux-gnu -O2 -c -o %t.o %plugin -fplugin-arg-snug-config=%S/Inputs/zero.yaml %s 2> %t-O2
// RUN: %clangxx -std=c++20 --target=x86_64-linux-gnu -O0 -c -o %t.o %plugin -fplugin-arg-snug-config=%S/Inputs/zero.yaml %s 2> %t-O0
// RUN: %python %S/Inputs/compare_frames.py %t-estimates %t-O2 %t-O0
#include "Inputs/coroutine.h"

struct big {
  char data[600];
};
struct awaiter {
  char state[700];
  awaiter();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
struct sender {
  ~sender();
  char data[600];
  awaiter operator co_await();
};
sender make(long = 0);
long get(long);
void put(long);
void see(long &);

task nothing() { co_return; }
task buffer() {
  char bytes[1024];
  fill(bytes);
  co_await pause();
  use(bytes);
}
task two_scopes() {
  {
    char first[400];
    fill(first);
    co_await pause();
    use(first);
  }
  {
    char second[300];
    fill(second);
    co_await pause();
    use(second);
  }
}
task owners() {
  owner a;
  co_await pause();
  owner b;
  co_await pause();
}
task parameters(big value, long const &by_reference, owner owned, int unused) {
  use(value.data);
  co_await pause();
  put(by_reference);
}
eager at_once(big value, long later) {
  use(value.data);
  co_await pause();
  put(later);
}
task awaits() {
  co_await make();
  co_await awaiter();
}
task scalars(long n) {
  long a = get(1), b = get(2), c = get(3);
  see(c);
  for (long i = 0; i != n; ++i) {
    co_await pause();
    put(a + i);
  }
  put(b);
  put(c);
}
task branches(bool which) {
  char left[200], right[300];
  if (which) {
    fill(left);
    co_await pause();
    use(left);
  } else {
    fill(right);
    co_await pause();
    use(right);
  }
}
task extended() {
  auto &&value = make();
  co_await pause();
  use(value.data);
}
task ranges() {
  owner all[3];
  for (owner &one : all) {
    co_await pause();
    use(one.bytes);
  }
}
struct pair {
  long first, second;
};
pair both();
task bindings() {
  auto [first, second] = both();
  co_await pause();
  put(first);
  put(second);
}
eager yields(int n) {
  for (int i = 0; i < n; ++i)
    co_yield i;
}
task copies(big &from) {
  big value;
  value = from;
  big again = value;
  co_await pause();
  from = again;
}
auto lambda = [](big value) -> task {
  co_await pause();
  use(value.data);
};
void call(big value) { lambda(value); }
