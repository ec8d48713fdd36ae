// What looks like the pattern and is not: an offsetof by itself, steps towards a member, bytes of unknown origin, other
// sizes, and the defined ways to a parent. [expr.add]/4.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>
#include <new>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

std::size_t offsetAlone() { return offsetof(parent, c); }

child *towardsTheMember(parent *p) {
  return reinterpret_cast<child *>(reinterpret_cast<char *>(p) + offsetof(parent, c));
}

parent *bytesOfUnknownOrigin(char *bytes) { return reinterpret_cast<parent *>(bytes - offsetof(parent, c)); }
parent *voidOfUnknownOrigin(void *p) { return static_cast<parent *>(static_cast<void *>(static_cast<char *>(p) - offsetof(parent, c))); }

parent *previousElement(parent *p) { return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - sizeof(parent)); }

struct unrelated {
  int a;
  int b;
};
unrelated *offsetOfAnotherClass(child *p) {
  return reinterpret_cast<unrelated *>(reinterpret_cast<char *>(p) - offsetof(parent, c));
}

std::uintptr_t tagBits(child *p) { return reinterpret_cast<std::uintptr_t>(p) & ~std::uintptr_t{7}; }

std::ptrdiff_t distance(child *p, parent *q) { return reinterpret_cast<char *>(p) - reinterpret_cast<char *>(q); }

using never_evaluated = decltype(reinterpret_cast<parent *>(reinterpret_cast<char *>((child *)nullptr) - offsetof(parent, c)));
template <class P>
P *neverInstantiated(child *p) {
  return reinterpret_cast<P *>(reinterpret_cast<char *>(p) - offsetof(P, c));
}

struct derived : child {
  int x;
};
derived *downcast(child *p) { return static_cast<derived *>(p); }

parent *changedMeanwhile(child *p, char *elsewhere) {
  auto *bytes = reinterpret_cast<char *>(p);
  bytes = elsewhere;
  return reinterpret_cast<parent *>(bytes - offsetof(parent, c));
}
