// A class whose size is not the stated one is reported where it is defined, with the place of the promise as a note;
// a promise that holds is silent. [expr.sizeof]/2.
// RUN: %verify_both %s
#include <snug/expect.hpp>

// expected-note@+1 {{size was stated here}}
struct SNUG(size(24), align(8)) timer_op { // expected-error {{'timer_op' is 32 bytes; 24 bytes were stated}}
  void *context;
  long deadline;
  int state;
  void *parent;
};

struct SNUG(size(16), align(8)) read_op {
  void *buffer;
  int count;
  int state;
};
