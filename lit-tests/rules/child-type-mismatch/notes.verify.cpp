// What is created, and where. [ptr.launder]/2.
// RUN: %verify_both %s --checks=child-type-mismatch
#include <new>
struct child {
  child();
  int v;
};
struct impostor {
  impostor();
  ~impostor();
  int v;
};
class slot {
  alignas(child) unsigned char b[sizeof(child)]; // expected-note {{std::launder finds no 'impostor' there, and no other cast does}}

public:
  slot() { ::new (b) child; } // expected-note {{a 'child' is created in 'b' here}}
  int get() { return std::launder(reinterpret_cast<impostor *>(b))->v; } // expected-error {{'b' holds a 'child', not a 'impostor'}}
};
