// The note names the member and what would provide storage. [intro.object]/3.
// RUN: %verify_both %s --checks=storage-not-byte-array
#include <new>

struct tenant {
  int age;
};
template <class T>
struct slot {
  // expected-note@+1 {{'bytes' is declared here; an array of 'unsigned char' or 'std::byte' provides storage}}
  alignas(T) char bytes[sizeof(T)];
  void let() { ::new (static_cast<void *>(bytes)) T{}; } // expected-warning {{the lifetime of the enclosing 'slot<tenant>' ends here}}
};
void use(slot<tenant> &s) {
  s.let(); // expected-note {{in instantiation of 'slot<tenant>::let' requested here}}
}
