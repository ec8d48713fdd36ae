// When it is defined, what it costs, and what to do instead. [expr.reinterpret.cast]/5.
// RUN: %verify_both %s
#include <cstddef>
#include <cstdint>

struct timer {
  long deadline;
};
struct wait_op {
  int waiters;
  timer child;
};
wait_op *up(timer *t) {
  // expected-remark@+3 {{the address of the enclosing 'wait_op' is computed from that of 'child' by way of an integer}}
  // expected-note@+2 {{it is defined where a pointer to the 'wait_op' could have become that integer; it is never a constant expression}}
  // expected-note@+1 {{make 'timer' a base class of 'wait_op' and use static_cast, or store a pointer to the 'wait_op'}}
  return reinterpret_cast<wait_op *>(reinterpret_cast<std::uintptr_t>(t) - offsetof(wait_op, child));
}
