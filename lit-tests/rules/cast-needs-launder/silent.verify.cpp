// Laundered casts, the value of the new-expression, places for something new, reading an object's bytes, buffers of plain
// char, numbers in buffers, and everything whose origin is not seen. [intro.object]/3, [basic.compound]/7.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

struct tenant {
  int age;
};
using room = unsigned char[sizeof(tenant)];
struct house {
  alignas(tenant) room bytes;
};

tenant *created(house *h) { return ::new (static_cast<void *>(h->bytes)) tenant{1}; }
tenant *laundered(house *h) { return std::launder(reinterpret_cast<tenant *>(&h->bytes)); }
tenant &launderedLater(house *h) {
  auto *t = reinterpret_cast<tenant *>(h->bytes);
  return *std::launder(t);
}
tenant *byBuiltin(house *h) { return __builtin_launder(reinterpret_cast<tenant *>(h->bytes)); }
house *in(tenant *t) {
  auto *array = std::launder(reinterpret_cast<room *>(t));
  return reinterpret_cast<house *>(array); // first member of a standard-layout class
}
room *array(house *h) { return reinterpret_cast<room *>(h); }
house *ofTheArray(room *r) { return reinterpret_cast<house *>(r); }

void place(house *h) { ::new (reinterpret_cast<tenant *>(h->bytes)) tenant{2}; }
void construct(house *h) { std::construct_at(reinterpret_cast<tenant *>(h->bytes), 3); }
bool compare(house *h, tenant *t) { return reinterpret_cast<tenant *>(h->bytes) == t; }
void copy(house *h, tenant *t) { std::memcpy(reinterpret_cast<tenant *>(h->bytes), t, sizeof(tenant)); }

void fill(tenant &t) {
  auto &bytes = reinterpret_cast<unsigned char(&)[sizeof(tenant)]>(t);
  for (unsigned char &b : bytes)
    b = 0;
}
unsigned char first(tenant *t) { return *reinterpret_cast<unsigned char *>(t); }

struct text {
  char letters[sizeof(tenant)];
};
tenant *plainChar(text &t) { return reinterpret_cast<tenant *>(t.letters); }

unsigned numberInABuffer(unsigned char (&buffer)[64]) { return *reinterpret_cast<unsigned *>(buffer); }
struct large {
  unsigned char bytes[1];
};
tenant *tooSmall(large &l) { return reinterpret_cast<tenant *>(l.bytes); }

tenant *bytesOfUnknownOrigin(unsigned char *bytes) { return reinterpret_cast<tenant *>(bytes); }
tenant *voidOfUnknownOrigin(void *bytes) { return static_cast<tenant *>(bytes); }
unsigned char *allocate(std::size_t);
tenant *ofACall() { return reinterpret_cast<tenant *>(allocate(sizeof(tenant))); }

tenant lone;
struct cabin {
  tenant guest;
};
cabin *firstMember(tenant *t) { return reinterpret_cast<cabin *>(t); }
