// Aligned well: by alignas on the member, the class, the variable, by what stands before, by every class that has it as a
// part; and places of which nothing is known. [basic.align]/1.
// RUN: %verify_both %s --checks=storage-under-aligned
// expected-no-diagnostics
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

struct tenant {
  long long age;
};

struct flat {
  char flag;
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
};
struct alignas(tenant) byItsClass {
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
};
struct byWhatStandsBefore {
  void *before;
  unsigned char bytes[2 * sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
  void second() { ::new (static_cast<void *>(&bytes[8])) tenant{}; }
};
void byItsVariable() {
  alignas(tenant) unsigned char room[sizeof(tenant)];
  ::new (room) tenant{};
  std::aligned_storage_t<sizeof(tenant), alignof(tenant)> other;
  ::new (&other) tenant{};
}
union either {
  unsigned char bytes[8];
  double number;
};
void inAUnion(either &e) { ::new (e.bytes) tenant{}; }

// Used as a base only, and only where it is aligned.
template <class Parent>
struct slot {
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
};
struct parent : slot<parent> {
  void *next;
};
void use(parent &p) { p.let(); }

void unseen(void *where, unsigned char *first, unsigned char (&array)[8], flat *flats, std::size_t i) {
  ::new (where) tenant{};
  ::new (first) tenant{};
  ::new (array) tenant{};
  ::new (flats[i].bytes) tenant{};
}
struct indexed {
  alignas(tenant) unsigned char bytes[32];
  void let(std::size_t i) { ::new (&bytes[i]) tenant{}; }
};
void small() {
  unsigned char room[4];
  ::new (room) char{};
}
struct again {
  tenant member;
  void replace() { ::new (&member) tenant{}; }
};

template <class T> void guarded() { // never executed for a tenant
  unsigned char room[sizeof(T)];
  if (alignof(T) <= 1)
    ::new (static_cast<void *>(room)) T{};
}
void use_guarded() { guarded<tenant>(); }
