// Only the instantiation whose parent is larger than its child, and standard-layout, is wrong. [ptr.launder]/2.
// RUN: %verify_both %s
#include <new>

struct tenant {
  int age;
};
template <class Child>
struct slot {
  alignas(Child) unsigned char bytes[sizeof(Child)]; // expected-note {{'parent<tenant, 32>' is pointer-interconvertible with its member 'bytes'}}
};
template <class Child, unsigned Align>
struct alignas(Align) parent : slot<Child> { // expected-note {{keep 'parent<tenant, 32>' to the array alone}}
  static parent &of(Child *c) {
    using bytes = unsigned char[sizeof(Child)];
    // expected-error@+2 {{std::launder may not reach the padding of 'parent<tenant, 32>': 28 bytes of 'parent<tenant, 32>' are not reachable through the 'tenant'}}
    // expected-note@+1 {{the argument points to the 'tenant', which is 4 bytes; the 'parent<tenant, 32>' is 32 bytes}}
    auto *array = std::launder(reinterpret_cast<bytes *>(c));
    return static_cast<parent &>(*reinterpret_cast<slot<Child> *>(array)); // expected-note {{becomes a pointer to the 'parent<tenant, 32>' here}}
  }
};
auto &a(tenant *c) { return parent<tenant, 4>::of(c); }
auto &b(tenant *c) { return parent<tenant, 32>::of(c); } // expected-note {{in instantiation of 'parent<tenant, 32>::of' requested here}}
