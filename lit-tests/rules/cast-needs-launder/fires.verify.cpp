// What is created in a byte array is no subobject of it: a cast from the one to the other leaves the pointer where it
// was, unless it is laundered. [intro.object]/3, [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>
#include <new>

struct tenant {
  int age;
  int rent() { return age; }
};
using room = unsigned char[sizeof(tenant)];
struct house {
  alignas(tenant) room bytes;
};

tenant *out(house *h) {
  return reinterpret_cast<tenant *>(&h->bytes); // expected-warning {{the 'tenant' lives in the bytes of 'bytes' but is not pointer-interconvertible with it; use std::launder [snug-cast-needs-launder]}}
}
tenant *outOfTheFirstElement(house *h) {
  return reinterpret_cast<tenant *>(h->bytes); // expected-warning {{lives in the bytes of 'bytes'}}
}
tenant *outOfTheClass(house *h) {
  return reinterpret_cast<tenant *>(h); // expected-warning {{lives in the bytes of 'bytes'}}
}
tenant *outThroughVoid(house &h) {
  return static_cast<tenant *>(static_cast<void *>(&h.bytes)); // expected-warning {{lives in the bytes of 'bytes'}}
}
tenant *outCStyle(house &h) {
  return (tenant *)h.bytes; // expected-warning {{lives in the bytes of 'bytes'}}
}
tenant &outAsReference(house &h) {
  return reinterpret_cast<tenant &>(h.bytes); // expected-warning {{lives in the bytes of 'bytes'}}
}
int usedAtOnce(house &h) {
  return reinterpret_cast<tenant *>(&h.bytes)->rent(); // expected-warning {{lives in the bytes of 'bytes'}}
}
int usedLater(house &h) {
  auto *t = reinterpret_cast<tenant *>(&h.bytes); // expected-warning {{lives in the bytes of 'bytes'}}
  return t->age;
}
void destroy(house &h) {
  reinterpret_cast<tenant *>(h.bytes)->~tenant(); // expected-warning {{lives in the bytes of 'bytes'}}
}

house *in(tenant *t) {
  return reinterpret_cast<house *>(t); // expected-warning {{the 'tenant' lives in the bytes of 'bytes'}}
}
house *inByTheArray(tenant *t) {
  auto *array = reinterpret_cast<room *>(t); // expected-warning {{the 'tenant' lives in an array of bytes but is not pointer-interconvertible with the array}}
  return reinterpret_cast<house *>(array);   // said once, where the pointer went stale
}
house *inFromCreation(house *h) {
  tenant *t = ::new (static_cast<void *>(h->bytes)) tenant{1};
  return reinterpret_cast<house *>(t); // expected-warning {{the 'tenant' lives in the bytes of 'bytes'}}
}

struct byte_house {
  alignas(tenant) std::byte bytes[sizeof(tenant)];
};
tenant *outOfStdByte(byte_house &h) {
  return reinterpret_cast<tenant *>(&h.bytes); // expected-warning {{lives in the bytes of 'bytes'}}
}
struct union_house {
  union {
    room bytes;
    long long align;
  };
};
tenant *outOfAnonymousUnion(union_house &h) {
  return reinterpret_cast<tenant *>(&h.bytes); // expected-warning {{lives in the bytes of 'bytes'}}
}
alignas(tenant) unsigned char global[sizeof(tenant)];
tenant *outOfAVariable() {
  return reinterpret_cast<tenant *>(global); // expected-warning {{lives in the bytes of 'global'}}
}
