// Complete classes, casts that say reinterpret_cast, classes that never become relatives or stay incomplete, templates whose
// cast depends on an argument that is complete by then. [expr.cast]/4.
// RUN: %verify_both %s --checks=c-style-cast-incomplete
// expected-no-diagnostics

struct timer {
  long deadline;
};
struct link {
  link *next;
};
struct wait_op;
wait_op *saidSo(timer *t) { return reinterpret_cast<wait_op *>(t); } // reinterpret-base-cast's
template <class T>
T *dependent(timer *t) {
  return (T *)t;
}
template <class T>
wait_op *builtAnew(T *) { // the compiler looks at the cast again in each instantiation
  timer *t = nullptr;
  return (wait_op *)t;
}
struct wait_op : link, timer {};
wait_op *instantiated(int *p) { return builtAnew(p); }
wait_op *up(timer *t) { return (wait_op *)t; }
timer *down(wait_op *w) { return (timer *)w; }
wait_op *completeByThen(timer *t) { return dependent<wait_op>(t); }

struct unrelated;
unrelated *stranger(timer *t) { return (unrelated *)t; }
struct unrelated {
  timer first;
};
struct never;
never *opaque(timer *t) { return (never *)t; }
wait_op *fromVoid(void *p) { return (wait_op *)p; }
char *bytes(wait_op *w) { return (char *)w; }
