// Members that are stated to be hot and that some object has in two cache lines. Levels only; the notes stand in
// notes.verify.cpp. [basic.align]/1.
// RUN: %verify_both %s --ignore-notes -- --target=x86_64-linux-gnu
#include <snug/expect.hpp>

struct queue {
  char name[40];
  SNUG(hot(1)) void *head; // expected-warning {{the hot members 'head' to 'size' of 'queue' may lie in two cache lines: offsets 40 to 56 of an object that is aligned to 8 bytes}}
  SNUG(hot(1)) long size;
};

struct far_apart {
  SNUG(hot(1)) long first; // expected-warning {{the hot members 'first' to 'last' of 'far_apart' span 112 bytes, more than a cache line of 64}}
  long cold[12];
  SNUG(hot(1)) long last;
};

// One member is a group, too.
struct key {
  SNUG(hot(1)) unsigned char digest[24]; // expected-warning {{the hot member 'digest' of 'key' may lie in two cache lines: offsets 0 to 24 of an object that is aligned to 1 byte}}
};

// Every object has them in two lines.
struct alignas(64) lined {
  char cold[60];
  SNUG(hot(7)) int a; // expected-warning {{the hot members 'a' to 'b' of 'lined' lie in two cache lines: offsets 60 to 68 of an object that is aligned to 64 bytes}}
  SNUG(hot(7)) int b;
};

// Groups are judged one by one; the order of the declarations decides nothing.
struct two_groups {
  SNUG(hot(2)) long b1; // expected-warning {{the hot members 'b1' to 'b2' of 'two_groups' may lie in two cache lines: offsets 0 to 24}}
  SNUG(hot(1)) long a1;
  SNUG(hot(2)) long b2;
};

// Bit-fields by their bits.
struct bits {
  unsigned before : 30;
  SNUG(hot(1)) unsigned first : 4; // at offset 4
  SNUG(hot(1)) unsigned second : 4;
  char cold[50];
  SNUG(hot(2)) unsigned third : 20; // expected-warning {{the hot members 'third' to 'fourth' of 'bits' may lie in two cache lines: offsets 56 to 64}}
  SNUG(hot(2)) int fourth;
};

// Instantiations are the subject.
template <class T> struct slot {
  T cold;
  SNUG(hot(1)) T a; // expected-warning {{the hot members 'a' to 'b' of 'slot<long>' may lie in two cache lines: offsets 8 to 24}}
  SNUG(hot(1)) T b;
};
slot<long> longs;
slot<char> *never;

// Nobody stated anything of a table, so that is no warning.
using handler = void (*)();
void f();
static const handler table[3] = {f, f, f}; // expected-remark {{the table of functions 'table', 24 bytes aligned to 16, may lie in two cache lines}}
struct alignas(64) context {
  char name[56];
  handler handlers[2]; // expected-remark {{the table of functions 'handlers' lies in two cache lines of 'context': offsets 56 to 72}}
};
