// Every note: what was left, why the offsetof itself is no promise here, and what to write instead.
// [expr.add]/4, [support.types.layout]/1.
// RUN: %verify_both %s -- -Wno-invalid-offsetof
#include <cstddef>

struct child {
  int v;
};
struct plain {
  int x;
  child c; // expected-note {{'c' is a member subobject; arithmetic on a pointer to it can only reach one past it}}
};
plain *up(child *p) {
  // expected-warning@+2 {{the address of the enclosing 'plain' is computed by pointer arithmetic that leaves 'c'; this is undefined [snug-container-of-offsetof]}}
  // expected-note@+1 {{make 'child' a base class of 'plain' and use static_cast, or store a pointer to the 'plain'}}
  return reinterpret_cast<plain *>(reinterpret_cast<char *>(p) - offsetof(plain, c));
}

namespace library {
class closed { // expected-note {{offsetof is only conditionally supported here: 'library::closed' is not a standard-layout class}}
  int secret;  // expected-note@+2 {{because member 'c' has different access than 'secret'}}
public:
  child c; // expected-note {{'c' is a member subobject}}
};
} // namespace library
library::closed *upClosed(child *p) {
  // expected-warning@+2 {{the address of the enclosing 'library::closed'}}
  // expected-note@+1 {{make 'child' a base class of 'library::closed'}}
  return reinterpret_cast<library::closed *>(reinterpret_cast<char *>(p) - offsetof(library::closed, c));
}
