// The notes say where the storage is, what its class is aligned to, and what to write. [basic.align]/1.
// RUN: %verify_both %s --checks=storage-under-aligned -- -target x86_64-pc-linux-gnu
#include <new>

struct tenant {
  long long age;
};

struct flat { // expected-note {{'bytes' is at offset 1 of 'flat', which is aligned to 1 byte}}
  char flag;
  unsigned char bytes[sizeof(tenant)]; // expected-note {{declare 'bytes' with 'alignas(tenant)'}}
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; } // expected-error {{'bytes' is aligned to 1 byte, 'tenant' needs 8 bytes}}
};

void local() {
  // expected-note@+2 {{the ABI of this target aligns 'room' to 16 bytes, the language does not}}
  // expected-note@+1 {{declare 'room' with 'alignas(tenant)'}}
  unsigned char room[64];
  ::new (room) tenant{}; // expected-warning {{'room' is aligned to 1 byte, 'tenant' needs 8 bytes}}
}

template <class T>
struct slot { // expected-note {{'bytes' is at offset 1 of 'slot<tenant>', which is aligned to 1 byte}}
  char flag;
  unsigned char bytes[sizeof(T)]; // expected-note {{declare 'bytes' with 'alignas'}}
  void let() { ::new (static_cast<void *>(bytes)) T{}; } // expected-error {{'bytes' is aligned to 1 byte, 'tenant' needs 8 bytes}}
};
void use(slot<char> &a, slot<tenant> &b) {
  a.let();
  b.let(); // expected-note {{in instantiation of 'slot<tenant>::let' requested here}}
}
