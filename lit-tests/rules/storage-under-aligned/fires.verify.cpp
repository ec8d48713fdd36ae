// Storage that is aligned to less than what is created in it: behind a flag, a local, behind an odd index, in a member of
// a member, in elements of odd size. [basic.align]/1.
// RUN: %verify_both %s --checks=storage-under-aligned --ignore-notes
#include <cstddef>
#include <memory>
#include <new>

struct tenant {
  long long age;
};

struct flat {
  char flag;
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; } // expected-error {{'bytes' is aligned to 1 byte, 'tenant' needs 8 bytes [snug-storage-under-aligned]}}
  void letByConstructAt() { std::construct_at(reinterpret_cast<tenant *>(bytes)); } // expected-error {{'bytes' is aligned to 1 byte}}
};

struct halfway {
  int flag;
  alignas(int) std::byte bytes[sizeof(tenant)];
};
void inAMember(halfway &h) {
  ::new (&h.bytes) tenant{}; // expected-error {{'bytes' is aligned to 4 bytes, 'tenant' needs 8 bytes}}
}
struct inner {
  char flag;
  halfway half;
  void let() { ::new (half.bytes) tenant{}; } // expected-warning {{'bytes' is aligned to 4 bytes}}
};

struct indexed {
  alignas(tenant) unsigned char bytes[32];
  void let() { ::new (&bytes[4]) tenant{}; } // expected-error {{'bytes' is aligned to 4 bytes}}
};

void local() {
  unsigned char room[sizeof(tenant)];
  ::new (room) tenant{}; // expected-error {{'room' is aligned to 1 byte, 'tenant' needs 8 bytes}}
  alignas(4) unsigned char better[sizeof(tenant)];
  ::new (better) tenant{}; // expected-error {{'better' is aligned to 4 bytes}}
}

// Aligned wherever it is made by new; the class does not say so.
struct bare {
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (bytes) tenant{}; } // expected-warning {{'bytes' is aligned to 1 byte}}
};

// Aligned in one of the two classes that have it.
template <class>
struct slot {
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (bytes) tenant{}; } // expected-warning {{'bytes' is aligned to 1 byte}}
};
struct good : slot<int> {
  void *next;
};
struct bad : slot<int> {
  char tag;
};
void use(slot<int> &s) { s.let(); }

// Where a virtual base lies is decided elsewhere.
struct apart {
  unsigned char bytes[sizeof(tenant)];
  void let() { ::new (bytes) tenant{}; } // expected-warning {{'bytes' is aligned to 1 byte}}
};
struct has_it_virtually : virtual apart {
  void *next;
};
