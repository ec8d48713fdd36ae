// What launder may do: reach the array, a class of just its size, a parent behind a class that is not standard-layout,
// the object in the bytes, the enclosing array of an element. [ptr.launder]/2, [basic.compound]/8.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <new>
#include <type_traits>

struct tenant {
  int age;
};
using room = unsigned char[sizeof(tenant)];
struct tight {
  alignas(tenant) room bytes;
};
static_assert(sizeof(tight) == sizeof(tenant));

room *toTheArray(tenant *t) { return std::launder(reinterpret_cast<room *>(t)); }
tight *toTheClass(tenant *t) { return std::launder(reinterpret_cast<tight *>(t)); }

struct parent : tight {
  int more; // data in two classes: not standard-layout, so 'more' is not reachable from 'bytes'
};
static_assert(!std::is_standard_layout_v<parent>);
parent *downcast(tenant *t) {
  auto *slot = reinterpret_cast<tight *>(std::launder(reinterpret_cast<room *>(t)));
  return static_cast<parent *>(slot);
}
struct memberless : tight {}; // standard-layout, but no larger
memberless *downcastToTheSameSize(tenant *t) {
  return static_cast<memberless *>(reinterpret_cast<tight *>(std::launder(reinterpret_cast<room *>(t))));
}

struct building {
  alignas(tenant) unsigned char bytes[8 * sizeof(tenant)];
};
tenant *out(building &b) { return std::launder(reinterpret_cast<tenant *>(&b.bytes)); }
tenant *outOfAnElement(building &b) { return std::launder(reinterpret_cast<tenant *>(&b.bytes[4])); }
tenant *same(tenant *t) { return std::launder(t); }

building *bytesOfUnknownOrigin(unsigned char *first) { return std::launder(reinterpret_cast<building *>(first)); }
building *arrayOfUnknownOrigin(room *some) { return std::launder(reinterpret_cast<building *>(some)); }
building *ofACall(tenant *(*get)()) { return std::launder(reinterpret_cast<building *>(get())); }

template <class Slot>
Slot *neverInstantiated(tenant *t) {
  return std::launder(reinterpret_cast<Slot *>(t));
}

int throughTheTenant(building &b) {
  return *reinterpret_cast<int *>(std::launder(reinterpret_cast<tenant *>(&b.bytes)));
}
