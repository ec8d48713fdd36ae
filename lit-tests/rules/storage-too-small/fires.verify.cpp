// An array that is smaller than what is created in it: a member, a local, an element further in, a wrapper of bytes, a
// union, arrays of objects, construct_at. [basic.life]/2.
// RUN: %verify_both %s --checks=storage-too-small --ignore-notes
#include <cstddef>
#include <memory>
#include <new>

struct tenant {
  long long age;
  int rooms;
};
static_assert(sizeof(tenant) == 16);

struct flat {
  alignas(tenant) unsigned char bytes[sizeof(void *)];
  int more;
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; } // expected-error {{'bytes' has 8 bytes, 'tenant' needs 16 bytes [snug-storage-too-small]}}
  void letByAddress() { ::new (&bytes) tenant{}; }            // expected-error {{'bytes' has 8 bytes}}
  void letByFirst() { ::new (&bytes[0]) tenant{}; }           // expected-error {{'bytes' has 8 bytes}}
  void letByConstructAt() {
    std::construct_at(reinterpret_cast<tenant *>(&bytes)); // expected-error {{'bytes' has 8 bytes, 'tenant' needs 16 bytes}}
  }
};

void local() {
  alignas(tenant) std::byte room[12];
  ::new (room) tenant{}; // expected-error {{'room' has 12 bytes, 'tenant' needs 16 bytes}}
}

struct house {
  alignas(tenant) std::byte rooms[24];
  void let() { ::new (&rooms[16]) tenant{}; } // expected-error {{'rooms' has 8 bytes from offset 16 on, 'tenant' needs 16 bytes}}
  void letTwo() { ::new (rooms) tenant[2]; }  // expected-error {{'rooms' has 24 bytes, 'tenant[2]' needs 32 bytes}}
};

struct wrapped {
  alignas(tenant) unsigned char bytes[8];
};
void inAWrapper() {
  wrapped w;
  auto *t = ::new (&w) tenant{}; // expected-error {{'w' has 8 bytes, 'tenant' needs 16 bytes}}
  (void)t;
}

union either {
  unsigned char bytes[4];
  double aligned;
};
struct holder {
  either where;
  void let() { ::new (where.bytes) tenant{}; } // expected-error {{'bytes' has 8 bytes, 'tenant' needs 16 bytes}}
};

void ofAReference(unsigned char (&room)[8]) {
  ::new (room) tenant{}; // expected-error {{'room' has 8 bytes}}
}
