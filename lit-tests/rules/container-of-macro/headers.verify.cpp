// A macro of a system header is used by the user: reported at the use. A helper function of a system header is not the
// user's code: silent by default. [expr.add]/4.
// RUN: %verify_both %s -- -isystem %S/Inputs/system
#include <their_containers.h>

struct parent {
  int x;
  hook h; // expected-note {{'h' is a member subobject}}
};
parent *a(hook *p) {
  // expected-warning@+2 {{the address of the enclosing 'parent' is computed by pointer arithmetic that leaves 'h'}}
  // expected-note@+1 {{make 'hook' a base class of 'parent'}}
  return THEIR_ENTRY(p, parent, h);
}
// expected-note@their_containers.h:* {{the arithmetic comes from macro 'THEIR_ENTRY'}}
parent *b(hook *p) { return their_entry(p, &parent::h); }
