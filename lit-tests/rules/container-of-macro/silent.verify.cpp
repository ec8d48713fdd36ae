// Macros and pointers to members that step nowhere outside: stored parents, access through the pointer to member, tag
// bits, templates without instantiation, macros that are never used. [expr.add]/4.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))
#define MEMBER_AT(pointer, offset, type) ((type *)((char *)(pointer) + (offset)))
#define PARENT_OF(child_base) (static_cast<derived *>(child_base))

template <class P>
P *neverInstantiated(child *p) {
  return container_of(p, P, c);
}

child *down(parent *p) { return MEMBER_AT(p, offsetof(parent, c), child); }
child &through(parent &p, child parent::*which) { return p.*which; }

struct derived : child {
  int x;
};
derived *byBase(child *p) { return PARENT_OF(p); }

struct holder {
  parent *owner;
  child c;
};
parent *stored(holder *h) { return h->owner; }

parent *untagged(std::uintptr_t bits) { return reinterpret_cast<parent *>(bits & ~std::uintptr_t{3}); }
