// Classes and coroutine frames above the budgets of the configuration. What only code generation knows is estimated
// here, and only a lower bound that is above the budget is reported. [dcl.fct.def.coroutine]/9.
// RUN: %verify_both %s --ignore-notes --config=%S/Inputs/budgets.yaml -- --target=x86_64-linux-gnu
#include "Inputs/coroutine.h"
#include <snug/expect.hpp>

namespace app {
struct read_op { // expected-warning {{operation state 'app::read_op' is 132 bytes; its budget is 64 bytes}}
  using operation_state_concept = int;
  char buffer[128];
  int fd;
};
struct session { // expected-warning {{class 'app::session' is 72 bytes; its budget is 64 bytes}}
  long a[9];
};
template <class T> struct then_op { // expected-warning {{class 'app::then_op<char[300]>' is 300 bytes; its budget is 64 bytes}}
  T value;
};
then_op<char> fits;
then_op<char[100]> above;
then_op<char[300]> most_above;

struct padded { // expected-warning {{class 'app::padded' holds 14 bytes of padding; its budget is 4 bytes}}
  char a;
  long b;
  char c;
};
struct wide { // expected-warning {{class 'app::wide' takes 3 cache lines; its budget is 2 cache lines}}
  char a[130];
};
// The last budget that matches decides.
struct large { // expected-warning {{class 'app::large' is 2000 bytes; its budget is 1000 bytes}}
  char a[2000];
};

// The buffer is written before and read after.
task local() { // expected-warning {{the frame of coroutine 'local' takes at least 1056 bytes, estimated from its source; its budget is 512 bytes}}
  char buffer[1024];
  fill(buffer);
  co_await pause();
  use(buffer);
}
// It has a destructor, so that it is needed although nobody names it again.
task destroyed() { // expected-warning {{the frame of coroutine 'destroyed' takes at least 632 bytes}}
  owner a, b, c;
  co_await pause();
}
// The address is known elsewhere.
task escaped() { // expected-warning {{the frame of coroutine 'escaped' takes at least 1056 bytes}}
  char buffer[1024];
  fill(buffer);
  co_await pause();
}
struct big {
  char data[600];
};
// A lazily started coroutine keeps its parameters until it is started.
task parameter(big value) { // expected-warning {{the frame of coroutine 'parameter' takes at least 632 bytes}}
  use(value.data);
  co_return;
}
// In a loop the next round reads what this one wrote.
task looping(int n) { // expected-warning {{the frame of coroutine 'looping' takes at least}}
  big last = {};
  for (int i = 0; i < n; ++i) {
    use(last.data);
    co_await pause();
  }
}
struct awaiter {
  char state[700];
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return state[0]; }
};
awaiter wait();
// The awaiter is what costs, as an operation state inside of it would.
task awaiting() { // expected-warning {{the frame of coroutine 'awaiting' takes at least 732 bytes}}
  co_await wait();
}
// Awaited through an operator co_await: what it was made from lives as long.
struct sender {
  ~sender();
  char data[600];
  std::suspend_always operator co_await();
};
sender make();
task from_sender() { // expected-warning {{the frame of coroutine 'from_sender' takes at least 632 bytes}}
  co_await make();
}
eager yields() { // expected-warning {{the frame of coroutine 'yields' takes at least 616 bytes}}
  owner a, b, c;
  co_yield 1;
}
template <class T> task generic(T value) { // expected-warning {{the frame of coroutine 'generic' takes at least 632 bytes}}
  co_await pause();
  use(value.data);
}
task instance = generic(big());

struct members {
  task method() { // expected-warning {{the frame of coroutine 'method' takes at least 632 bytes}}
    owner a, b, c;
    co_await pause();
  }
};
auto lambda = [](big value) -> task { // expected-warning {{the frame of the coroutine lambda takes at least 632 bytes}}
  co_await pause();
  use(value.data);
};
} // namespace app

// Stated in code; before code is generated only a lower bound is known, and no promise is called broken.
SNUG(max_frame(600)) task stated() { // expected-warning {{the frame of coroutine 'stated' takes at least 632 bytes, estimated from its source; at most 600 bytes were stated}}
  owner a, b, c;
  co_await pause();
}
SNUG(frame(100)) task exactly() { // expected-warning {{the frame of coroutine 'exactly' takes at least 632 bytes, estimated from its source; 100 bytes were stated}}
  owner a, b, c;
  co_await pause();
}
