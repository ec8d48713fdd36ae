// launder gives no access to bytes that its argument had none to: a class with more than the array, one padded by its
// alignment, a whole parent, a member next door. [ptr.launder]/2, [basic.compound]/8.
// RUN: %verify_both %s --ignore-notes
#include <new>
#include <type_traits>

struct tenant {
  int age;
};
using room = unsigned char[sizeof(tenant)];

struct roomy {
  alignas(tenant) room bytes;
  int more;
};
roomy *toTheClass(tenant *t) {
  return std::launder(reinterpret_cast<roomy *>(t)); // expected-error {{std::launder may not reach 'more': 4 bytes of 'roomy' are not reachable through the 'tenant' [snug-launder-unreachable]}}
}
roomy *byTheArray(tenant *t) {
  return reinterpret_cast<roomy *>(std::launder(reinterpret_cast<room *>(t))); // expected-error {{std::launder may not reach 'more': 4 bytes of 'roomy'}}
}
roomy *byTheArrayAndLocals(tenant *t) {
  auto *array = std::launder(reinterpret_cast<room *>(t)); // expected-error {{std::launder may not reach 'more'}}
  auto *result = reinterpret_cast<roomy *>(array);
  return result;
}

struct alignas(64) padded {
  alignas(tenant) room bytes;
};
padded *byAlignment(tenant *t) {
  return std::launder(reinterpret_cast<padded *>(t)); // expected-error {{std::launder may not reach the padding of 'padded': 60 bytes of 'padded' are not reachable through the 'tenant'}}
}

// A parent without members of its own is standard-layout, and so shares its address with the array.
struct tight {
  alignas(tenant) room bytes;
};
struct alignas(64) memberless : tight {};
static_assert(std::is_standard_layout_v<memberless>);
memberless *downcast(tenant *t) {
  auto *slot = reinterpret_cast<tight *>(std::launder(reinterpret_cast<room *>(t))); // expected-error {{std::launder may not reach the padding of 'memberless': 60 bytes}}
  return static_cast<memberless *>(slot);
}
memberless &downcastOfReferences(tenant *t) {
  auto *slot = reinterpret_cast<tight *>(std::launder(reinterpret_cast<room *>(t))); // expected-error {{60 bytes of 'memberless'}}
  return static_cast<memberless &>(*slot);
}

struct parent : tight {
  int more;
};
parent *wholeParent(tenant *t) {
  return std::launder(reinterpret_cast<parent *>(t)); // expected-error {{std::launder may not reach 'more': 4 bytes of 'parent'}}
}

class closed {
public:
  tenant first;
  tenant second;

private:
  int last;
};
closed *ofAMember(closed &c) {
  return std::launder(reinterpret_cast<closed *>(&c.first)); // expected-warning {{is not pointer-interconvertible}} expected-error {{std::launder may not reach 'second': 8 bytes of 'closed' are not reachable through the 'tenant'}}
}

// Virtual bases come last, and are not what lies next to the bytes.
struct far_away {
  int distance[4];
};
struct with_a_virtual_base : virtual far_away {
  alignas(tenant) room bytes;
  int more;
};
with_a_virtual_base *virtually(tenant *t) {
  return std::launder(reinterpret_cast<with_a_virtual_base *>(t)); // expected-error {{std::launder may not reach 'bytes'}}
}
