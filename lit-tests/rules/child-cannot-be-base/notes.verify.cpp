// Where the type says so, and what a base would give. [class.pre]/5.
// RUN: %verify_both %s --checks=child-cannot-be-base
#include <new>
struct closed final { // expected-note {{'closed' is final and cannot be a base class}}
  int v;
};
struct slot {
  alignas(closed) unsigned char bytes[sizeof(closed)]; // expected-note {{as a base it would share its tail padding with its parent, and the step to the parent would be a static_cast}}
  slot() { ::new (bytes) closed(); }
};
struct parent : slot {
  int value;
};
parent *of(closed *c) {
  auto *s = reinterpret_cast<slot *>(std::launder(reinterpret_cast<unsigned char(*)[sizeof(closed)]>(c)));
  return static_cast<parent *>(s); // expected-remark {{'closed' is final and cannot be a base class; it lives in the bytes 'bytes' of 'slot'}}
}
