// Every note: why the bytes would be reachable, where the pointer becomes one to the larger class, the two sizes, and what
// to write instead. [ptr.launder]/2, [basic.compound]/8.
// RUN: %verify_both %s
#include <new>

struct tenant {
  int age;
};
using room = unsigned char[sizeof(tenant)];
// expected-note@+1 {{keep 'roomy' to the array alone, or give it a member in another class than the array, so that it has no standard layout}}
struct roomy {
  alignas(tenant) room bytes; // expected-note {{'roomy' is pointer-interconvertible with its member 'bytes', so whoever reaches one reaches all of the other}}
  int more;
};
roomy *byTheArray(tenant *t) {
  // expected-error@+2 {{std::launder may not reach 'more': 4 bytes of 'roomy' are not reachable through the 'tenant' [snug-launder-unreachable]}}
  // expected-note@+1 {{the argument points to the 'tenant', which is 4 bytes; the 'roomy' is 8 bytes}}
  auto *array = std::launder(reinterpret_cast<room *>(t));
  return reinterpret_cast<roomy *>(array); // expected-note {{the result of std::launder becomes a pointer to the 'roomy' here}}
}

// expected-note@+1 {{launder to the array of bytes that the 'tenant' lives in, and reach the 'spare' from there}}
struct spare {
  alignas(tenant) room bytes;
  int more;
};
spare *atOnce(tenant *t) {
  // expected-error@+2 {{std::launder may not reach 'more': 4 bytes of 'spare'}}
  // expected-note@+1 {{the argument points to the 'tenant', which is 4 bytes; the 'spare' is 8 bytes}}
  return std::launder(reinterpret_cast<spare *>(t));
}
