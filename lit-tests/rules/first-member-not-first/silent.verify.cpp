// First members, inherited first members, unions, base classes, arrays, numbers in buffers, unrelated types: none of them
// is a later member under a wrong name. [class.mem.general]/31.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>

struct wheel {
  int spokes;
};
struct cart {
  wheel left;
  int horses;
};
cart *up(wheel *w) { return reinterpret_cast<cart *>(w); }
wheel *down(cart *c) { return reinterpret_cast<wheel *>(c); }

struct frame {
  wheel left;
  int rails;
};
struct sledge : frame {};
sledge *inherited(wheel *w) { return reinterpret_cast<sledge *>(w); }
struct train {
  sledge first;
};
train *deeper(wheel *w) { return reinterpret_cast<train *>(w); }
int *numberAtTheStart(cart *c) { return reinterpret_cast<int *>(c); }

union slot {
  int horses;
  wheel left;
};
slot *laterMemberOfAUnion(wheel *w) { return reinterpret_cast<slot *>(w); }

struct both {
  wheel first;
  wheel second; // a pointer to a wheel may point to the first
};
both *ambiguous(wheel *w) { return reinterpret_cast<both *>(w); }

struct header {
  std::uint8_t kind;
  std::uint32_t length;
};
header *numbers(std::uint32_t *words) { return reinterpret_cast<header *>(words); }
std::uint32_t *words(header *h) { return reinterpret_cast<std::uint32_t *>(h); }

struct other {
  double d;
};
other *unrelated(wheel *w) { return reinterpret_cast<other *>(w); }

struct heavy : cart {
  int load;
};
heavy *downcast(cart *c) { return static_cast<heavy *>(c); }
wheel *throughTheMember(heavy *h) { return &h->left; }

struct late {
  int before;
  wheel left;
};
late *unknownOrigin(void *w) { return static_cast<late *>(w); }
std::ptrdiff_t asBytes(late *l) { return reinterpret_cast<unsigned char *>(&l->left) - reinterpret_cast<unsigned char *>(l); }
wheel *there(late *l) {
  auto *same = reinterpret_cast<late *>(static_cast<void *>(l)); // round trip
  return &same->left;
}

struct list { // what trails an object is none of its members
  int size;
  wheel first;
  wheel *trailing() { return reinterpret_cast<wheel *>(this + 1); }
  const wheel *trailing() const { return reinterpret_cast<const wheel *>(&this[1]); }
};
wheel *behind(list *l) { return reinterpret_cast<wheel *>(l + 1); }
