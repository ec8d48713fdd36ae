// The notes name what costs most, most first, and the suspension point that keeps it alive. [expr.await]/5.
// RUN: %verify_both %s --config=%S/Inputs/budgets.yaml -- --target=x86_64-linux-gnu
#include "Inputs/coroutine.h"
#include <snug/expect.hpp>

namespace app {
// What takes more than half of the whole is taken apart.
struct child_op {
  long state[6]; // expected-note {{48 bytes at offset 40 hold 'state', of type 'long[6]'}}
  int done;      // expected-note {{4 bytes at offset 88 hold 'done', of type 'int'}}
};
struct session { // expected-warning {{class 'app::session' is 96 bytes; its budget is 64 bytes}} \
                    expected-note {{the budget of 'app::{read_op,session,then_op*}' is set at}}
  int fd;         // expected-note {{4 bytes at offset 0 hold 'fd', of type 'int'}}
  char name[30];  // expected-note {{30 bytes at offset 4 hold 'name', of type 'char[30]'}}
  child_op child;
};

// One finding for a template, that of the largest.
template <class T> struct then_op { // expected-warning {{class 'app::then_op<char[300]>' is 300 bytes; its budget is 64 bytes}} \
                                       expected-note {{the same holds in 1 other specialisation}} \
                                       expected-note {{the budget of 'app::{read_op,session,then_op*}' is set at}}
  T value; // expected-note {{300 bytes at offset 0 hold 'value', of type 'char[300]'}}
};
then_op<char[100]> above;
then_op<char[300]> most_above;

// expected-warning@+3 {{the frame of coroutine 'serve' takes at least 1064 bytes, estimated from its source; its budget is 512 bytes}}
// expected-note@+2 {{16 bytes hold the promise, of type 'task::promise_type'}}
// expected-note@+1 {{the budget of 'app::*' is set at}}
task serve(long const &id) { // expected-note {{8 bytes hold the parameter 'id', of type 'const long *'}}
  co_await pause();
  char buffer[1024]; // expected-note {{1024 bytes hold 'buffer', of type 'char[1024]'}}
  fill(buffer);
  co_await pause(); // expected-note {{1032 bytes are kept alive while this co_await waits}}
  use(buffer);
  co_await pause();
  use(reinterpret_cast<char const *>(&id));
}

struct big {
  char data[600];
};
// expected-warning@+5 {{the frame of coroutine 'lazy' takes at least 632 bytes}}
// expected-note@+4 {{16 bytes hold the promise, of type 'task::promise_type'}}
// expected-note@+3 {{600 bytes are kept alive while the coroutine waits to be started}}
// expected-note@+2 {{600 bytes hold the parameter 'value', of type 'app::big'}}
// expected-note@+1 {{the budget of 'app::*' is set at}}
task lazy(big value) {
  use(value.data);
  co_return;
}

template <class T> task generic(T value) {
  // expected-warning@-1 {{the frame of coroutine 'generic' takes at least 632 bytes}}
  // expected-note@-2 {{16 bytes hold the promise, of type 'task::promise_type'}}
  // expected-note@-3 {{600 bytes hold the parameter 'value', of type 'app::big'}}
  // expected-note@-4 {{600 bytes are kept alive while the coroutine waits to be started}}
  // expected-note@-5 {{the budget of 'app::*' is set at}}
  co_await pause();
  use(value.data);
}
task instance = generic(big()); // expected-note {{in instantiation of 'app::generic<app::big>' requested here}}
} // namespace app

// expected-note@+2 {{16 bytes hold the promise, of type 'task::promise_type'}}
// expected-note@+1 {{the frame was stated here}}
SNUG(max_frame(100)) task stated() { // expected-warning {{the frame of coroutine 'stated' takes at least 840 bytes, estimated from its source; at most 100 bytes were stated}}
  owner a; // expected-note {{200 bytes hold 'a', of type 'owner'}}
  char c1[202], c2[203], c3[201]; // expected-note {{202 bytes hold 'c1', of type 'char[202]'}} \
                                     expected-note {{203 bytes hold 'c2', of type 'char[203]'}} \
                                     expected-note {{201 bytes hold 'c3', of type 'char[201]'}}
  short s[1] = {1};               // expected-note {{2 bytes hold 's', of type 'short[1]'}}
  fill(c1), fill(c2), fill(c3);
  co_await pause(); // expected-note {{808 bytes are kept alive while this co_await waits}}
  fill(reinterpret_cast<char *>(s));
}
