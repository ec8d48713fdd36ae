// A figure that is not the stated one is reported where the class, alias or variable is declared. The notes name the
// bytes that make the difference, in the order of the layout, and end with the place of the promise. [expr.sizeof]/2.
// RUN: %verify_both %s --checks=layout-expectation
#include <snug/expect.hpp>

namespace size {
struct SNUG(size(24), align(8)) timer_op { // expected-error {{'size::timer_op' is 40 bytes; 24 bytes were stated}} \
                                              expected-note {{size was stated here}}
  void *context;
  bool armed; // expected-note {{7 bytes at offset 9 are padding behind 'armed'}}
  long deadline;
  int state;    // expected-note {{4 bytes at offset 24 hold 'state', of type 'int'}} \
                   expected-note {{4 bytes at offset 28 are padding behind 'state'}}
  void *parent; // expected-note {{8 bytes at offset 32 hold 'parent', of type 'void *'}}
};

struct SNUG(max_size(8)) race_op { // expected-error {{operation state 'size::race_op' is 16 bytes; at most 8 bytes were stated}} \
                                      expected-note {{size was stated here}}
  using operation_state_concept = int;
  long first;
  long second; // expected-note {{8 bytes at offset 8 hold 'second', of type 'long'}}
};

// Smaller than promised: there are no bytes to name.
struct SNUG(min_size(8)) tag_op { // expected-error {{'size::tag_op' is 1 byte; at least 8 bytes were stated}} \
                                     expected-note {{size was stated here}}
  char tag;
};
} // namespace size

namespace taken_apart {
// A base that starts inside the promise and ends outside is taken apart: the reader sees the member, not the base.
struct child_op {
  long value;
  long receiver; // expected-note {{8 bytes at offset 8 hold 'receiver', of type 'long'}}
};
// expected-error@+2 {{'taken_apart::parent_op' is 24 bytes; 8 bytes were stated}}
// expected-note@+1 {{size was stated here}}
struct SNUG(size(8)) parent_op : child_op {
  int done; // expected-note {{4 bytes at offset 16 hold 'done', of type 'int'}} \
               expected-note {{4 bytes at offset 20 are tail padding behind 'done'}}
};
// expected-error@+2 {{'taken_apart::poly' is 16 bytes; 8 bytes were stated}}
// expected-note@+1 {{size was stated here}}
struct SNUG(size(8)) poly {
  virtual void f();
  long x; // expected-note {{8 bytes at offset 8 hold 'x', of type 'long'}}
};
} // namespace taken_apart

namespace align {
// expected-error@+2 {{'align::slot' is aligned to 16 bytes; 8 bytes were stated}}
// expected-note@+1 {{alignment was stated here}}
struct SNUG(align(8)) slot {
  long small;
  alignas(16) int wide; // expected-note {{'wide', of type 'int', is aligned to 16 bytes}}
};
} // namespace align

namespace padding {
// expected-error@+2 {{'padding::flags' holds 6 bytes of padding; 0 bytes were stated}}
// expected-note@+1 {{padding was stated here}}
struct SNUG(padding(0)) flags {
  unsigned a : 3;
  unsigned : 5; // expected-note@-2 {{5 bits at bit 3 of offset 0 are an unnamed bit-field}}
  char b;       // expected-note {{2 bytes at offset 2 are padding behind 'b'}}
  int c;
  struct {
    char q; // expected-note {{1 byte at offset 9 is padding behind 'q', in each of 3 elements}}
    short r;
  } d[3];
};
} // namespace padding

namespace cache_lines {
// expected-error@+2 {{'cache_lines::wide' takes 2 cache lines; 1 cache line was stated}}
// expected-note@+1 {{cache lines were stated here}}
struct SNUG(cache_lines(1)) wide {
  long first[8];
  long beyond; // expected-note {{8 bytes at offset 64 hold 'beyond', of type 'long'}}
};
} // namespace cache_lines

namespace offset {
struct header {
  char kind; // expected-note {{1 byte at offset 0 holds 'kind', of type 'char'}}
  // expected-error@+2 {{'length' is at offset 4 of 'offset::header'; offset 0 was stated}}
  // expected-note@+1 {{offset was stated here}}
  SNUG(offset(0)) int length;
};
} // namespace offset

namespace variables {
SNUG(size(4)) long counter; // expected-error {{'counter' is 8 bytes; 4 bytes were stated}} \
                               expected-note {{size was stated here}}
void f() {
  SNUG(max_size(2)) int local = 0; // expected-error {{'local' is 4 bytes; at most 2 bytes were stated}} \
                                      expected-note {{size was stated here}}
  (void)local;
}
} // namespace variables
