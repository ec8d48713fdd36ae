// The notes stand at the cast that did not help, and say what static_cast needs. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-after-bad-cast
#include <new>

template <class Part>
struct slot {
  alignas(Part) unsigned char bytes[sizeof(Part)];
};
template <class Part>
struct whole : slot<Part> {
  int more;
  static whole *of(Part *p) {
    auto *s = reinterpret_cast<slot<Part> *>(p); // expected-note {{the result of this cast has type 'slot<part> *' and points to the same object as before}}
    // expected-error@+2 {{this pointer still points to the 'part'; the cast at line 13 did not change it}}
    // expected-note@+1 {{static_cast needs a 'slot<part>' that is the base of a 'whole<part>'}}
    return static_cast<whole *>(s);
  }
};
struct part {
  int number;
};
auto *a(part *p) { return whole<part>::of(p); } // expected-note {{in instantiation of 'whole<part>::of' requested here}}
