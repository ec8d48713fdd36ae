// The notes name a table that the finding speaks of, what lies beyond the first line, and what to do. [dcl.align]/2.
// RUN: %verify_both %s -- --target=x86_64-linux-gnu
void f(void *);
using entry = void (*)(void *);

// expected-remark@+2 {{the table of functions 'small' is 24 bytes and may take 2 cache lines: it is aligned to 8 bytes}}
// expected-note@+1 {{'alignas(32)' on 'small' keeps it in one line}}
struct small {
  entry a, b, c;
};
constexpr small first = {f, f, f}; // expected-note {{'first' is one of 2 such tables}}
alignas(64) constexpr small second = {f, f, f};
struct has_small {
  small const *table = &second;
};

// expected-remark@+3 {{the table of functions 'wide' is 80 bytes and takes 2 cache lines, or 3 cache lines as it is aligned to 8 bytes}}
// expected-note@+2 {{'alignas(64)' on 'wide' keeps it in 2 lines}}
// expected-note@+1 {{what is called rarely can stand in a table of its own that the first one points to}}
struct wide {
  entry often[8];
  entry seldom; // expected-note {{8 bytes at offset 64 hold 'seldom', of type 'entry'}}
  entry never;  // expected-note {{8 bytes at offset 72 hold 'never', of type 'entry'}}
};
static constexpr wide table = {{f, f, f, f, f, f, f, f}, f, f}; // expected-note {{'table' is such a table}}
struct has_wide {
  wide const *ops = &table;
};
