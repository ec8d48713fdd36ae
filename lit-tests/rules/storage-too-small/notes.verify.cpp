// The notes name the array, and the instantiation that is too large; others say nothing. [basic.life]/2.
// RUN: %verify_both %s --checks=storage-too-small
#include <new>

struct tenant {
  long long age;
  int rooms;
};

struct flat {
  // expected-note@+1 {{'bytes' is declared here; 'sizeof' says what it needs, whatever becomes of the type}}
  alignas(tenant) unsigned char bytes[8];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; } // expected-error {{'bytes' has 8 bytes, 'tenant' needs 16 bytes}}
};

template <class T>
struct slot {
  alignas(T) unsigned char bytes[8]; // expected-note {{'bytes' is declared here}}
  void let() { ::new (static_cast<void *>(bytes)) T{}; } // expected-error {{'bytes' has 8 bytes, 'tenant' needs 16 bytes}}
};
void use(slot<int> &a, slot<tenant> &b) {
  a.let();
  b.let(); // expected-note {{in instantiation of 'slot<tenant>::let' requested here}}
}
