// The notes say where each member was stated to be hot, and which alignment keeps the group in one line; where no
// alignment of the class does, that of the first member. [basic.align]/1, [dcl.align]/2.
// RUN: %verify_both %s -- --target=x86_64-linux-gnu
#include <snug/expect.hpp>

// expected-note@+1 {{'alignas(16)' on 'pair' keeps them in one line}}
struct pair {
  SNUG(hot(1)) void *head; // expected-warning {{the hot members 'head' to 'tail' of 'pair' may lie in two cache lines}} \
                              expected-note {{'head', 8 bytes at offset 0, was stated to be hot here}}
  SNUG(hot(1)) void *tail; // expected-note {{'tail', 8 bytes at offset 8, was stated to be hot here}}
};

// expected-note@+1 {{'alignas(32)' on 'grows' keeps them in one line; it then takes 32 bytes instead of 24}}
struct grows {
  SNUG(hot(1)) long a[3]; // expected-warning {{the hot member 'a' of 'grows' may lie in two cache lines}} \
                             expected-note {{'a', 24 bytes at offset 0, was stated to be hot here}}
};

struct late {
  long cold[7];
  // expected-warning@+3 {{the hot members 'a' to 'b' of 'late' may lie in two cache lines: offsets 56 to 72}}
  // expected-note@+2 {{'a', 8 bytes at offset 56, was stated to be hot here}}
  // expected-note@+1 {{'alignas(16)' on 'a', the first of them, keeps them in one line}}
  SNUG(hot(1)) long a;
  SNUG(hot(1)) long b; // expected-note {{'b', 8 bytes at offset 64, was stated to be hot here}}
};

struct apart {
  // expected-warning@+3 {{the hot members 'a' to 'b' of 'apart' span 80 bytes, more than a cache line of 64}}
  // expected-note@+2 {{'a', 8 bytes at offset 0, was stated to be hot here}}
  // expected-note@+1 {{declared one after the other they take 16 bytes and the padding between them}}
  SNUG(hot(1)) long a;
  long cold[8];
  SNUG(hot(1)) long b; // expected-note {{'b', 8 bytes at offset 72, was stated to be hot here}}
};

struct large {
  // expected-warning@+3 {{the hot member 'a' of 'large' takes 72 bytes, more than a cache line of 64}}
  // expected-note@+2 {{'a', 72 bytes at offset 0, was stated to be hot here}}
  // expected-note@+1 {{they hold 72 bytes, which no cache line can; state smaller groups}}
  SNUG(hot(1)) long a[9];
};

using handler = void (*)();
void f();
// expected-remark@+2 {{the table of functions 'table', 56 bytes aligned to 16, may lie in two cache lines}}
// expected-note@+1 {{'alignas(64)' keeps it in one line}}
constexpr handler table[] = {f, f, f, f, f, f, f};
