// A C-style cast to a class that is not complete yet cannot know that it is a downcast: it becomes a reinterpret_cast, and
// the address is wrong. [expr.cast]/4.
// RUN: %verify_both %s --ignore-notes

struct timer {
  long deadline;
};
struct wait_op;
struct link {
  link *next;
};

wait_op *up(timer *t) {
  return (wait_op *)t; // expected-warning {{this cast was a reinterpret_cast because 'wait_op' was incomplete; it does not adjust the address [snug-c-style-cast-incomplete]}}
}
timer *down(wait_op *w) {
  return (timer *)w; // expected-warning {{this cast was a reinterpret_cast because 'wait_op' was incomplete}}
}
wait_op &reference(timer &t) {
  return (wait_op &)t; // expected-warning {{this cast was a reinterpret_cast because 'wait_op' was incomplete}}
}
using wait_op_pointer = wait_op *;
wait_op *functional(timer *t) {
  return wait_op_pointer(t); // expected-warning {{this cast was a reinterpret_cast because 'wait_op' was incomplete}}
}
struct wait_op : link, timer {};

// At offset 0 the cast is no better: the class need not be standard-layout, and need not stay so.
struct near;
near *sameAddress(timer *t) {
  return (near *)t; // expected-warning {{this cast was a reinterpret_cast because 'near' was incomplete}}
}
struct near : timer {
  int more;
};
