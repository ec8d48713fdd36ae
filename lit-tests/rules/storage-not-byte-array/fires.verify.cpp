// Members that provide no storage for what is created in them: arrays of plain char, of integers, a member of another type,
// a base of what was there. [intro.object]/3, [basic.life]/2.
// RUN: %verify_both %s --checks=storage-not-byte-array --ignore-notes
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

struct tenant {
  int age;
};

struct text {
  alignas(tenant) char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; } // expected-warning {{an array of 'char' does not provide storage; the lifetime of the enclosing 'text' ends here [snug-storage-not-byte-array]}}
  void letByAddress() { ::new (&bytes) tenant{}; }            // expected-warning {{an array of 'char' does not provide storage}}
  void letByConstructAt() { std::construct_at(reinterpret_cast<tenant *>(bytes)); } // expected-warning {{an array of 'char'}}
};
struct signedText {
  alignas(tenant) signed char bytes[sizeof(tenant)];
};
void outside(signedText &s) {
  ::new (s.bytes) tenant{}; // expected-warning {{an array of 'signed char' does not provide storage; the lifetime of the enclosing 'signedText' ends here}}
}
struct words {
  std::uint64_t words[4];
  void let() { ::new (&words[1]) tenant{}; } // expected-error {{does not provide storage; the lifetime of the enclosing 'words' ends here}}
};
struct number {
  long long member;
  void let() { ::new (&member) tenant{}; } // expected-error {{'member', of type 'long long', does not provide storage; the lifetime of the enclosing 'number' ends here}}
};
// The chars of a class that wraps them are chars, wherever it was taken hold of.
struct wrapped {
  alignas(tenant) char buffer[sizeof(tenant)];
};
struct variant {
  wrapped data;
  void let() { ::new (static_cast<void *>(&data)) tenant{}; } // expected-warning {{'data', of type 'wrapped', does not provide storage; the lifetime of the enclosing 'variant' ends here}}
};
struct landlord {
  int rents;
};
struct house {
  landlord owner;
  void let() { ::new (&owner) tenant{}; } // expected-error {{'owner', of type 'landlord', does not provide storage}}
};
struct anonymous {
  union {
    char bytes[8];
    double aligned;
  };
  void let() { ::new (bytes) tenant{}; } // expected-warning {{an array of 'char' does not provide storage; the lifetime of the enclosing 'anonymous' ends here}}
};
struct deep {
  int before;
  text inner;
  void let() { ::new (inner.bytes) tenant{}; } // expected-warning {{the lifetime of the enclosing 'text' ends here}}
};

// Nor is a virtual base at the start of what has it.
struct in_front : virtual tenant {};
struct has_in_front {
  in_front member;
  void let() { ::new (static_cast<void *>(&member)) tenant{}; } // expected-error {{'member', of type 'in_front', does not provide storage; the lifetime of the enclosing 'has_in_front' ends here}}
};
