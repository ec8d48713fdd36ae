// Where the class is defined and with which base, what to write, and that the same cast means something else further down.
// [expr.cast]/4.
// RUN: %verify_both %s

struct timer {
  long deadline;
};
struct link {
  link *next;
};
struct wait_op;
wait_op *up(timer *t) {
  // expected-warning@+2 {{this cast was a reinterpret_cast because 'wait_op' was incomplete; it does not adjust the address}}
  // expected-note@+1 {{move the cast behind the definition and write static_cast, which refuses incomplete classes}}
  return (wait_op *)t;
}
struct wait_op : link, timer {}; // expected-note {{'wait_op' is defined here, with 'timer' as a base at offset 8}}
wait_op *later(timer *t) {
  return (wait_op *)t; // expected-note {{here the same cast converts between base and derived; if both stand in one function that two files include, the two have different meanings in one program}}
}

struct shared;
shared *virtually(timer *t) {
  // expected-warning@+2 {{this cast was a reinterpret_cast because 'shared' was incomplete}}
  // expected-note@+1 {{move the cast behind the definition}}
  return (shared *)t;
}
struct shared : virtual timer {}; // expected-note {{'shared' is defined here, with 'timer' as a virtual base}}
