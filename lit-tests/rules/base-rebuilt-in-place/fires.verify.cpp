// What is created in the place of a base or of a [[no_unique_address]] member is no part of the class, and overwrites
// what lies in the tail padding. [basic.life]/9, [intro.object]/2.
// RUN: %verify_both %s --checks=base-rebuilt-in-place --ignore-notes
#include <cstring>
#include <memory>
#include <new>

struct child {
  void *handle = nullptr;
  char kind = 0;
  child() {}
  ~child() {}
};

struct parent : child {
  char flag = 1;
  void byStaticCast() {
    ::new (static_cast<void *>(static_cast<child *>(this))) child(); // expected-error {{placement new writes 16 bytes in the place of 'child', a base class of 'parent': 1 byte of them belongs to 'flag' [snug-base-rebuilt-in-place]}}
  }
  void byConversion() {
    child *c = this;
    std::destroy_at(c);
    std::construct_at(c); // expected-error {{construct_at writes 16 bytes in the place of 'child', a base class of 'parent': 1 byte of them belongs to 'flag'}}
  }
};
static_assert(sizeof(parent) == sizeof(child));

struct by_member {
  [[no_unique_address]] child c;
  short flags[2] = {};
  void restart() {
    std::destroy_at(&c);
    std::construct_at(&c); // expected-error {{construct_at writes 16 bytes in the place of 'c', a [[no_unique_address]] member of 'by_member': 4 bytes of them belong to 'flags'}}
  }
};
void restart(by_member &m) {
  ::new (&m.c) child; // expected-error {{placement new writes 16 bytes in the place of 'c'}}
}

// Nothing is overwritten, and still it is no part of the class.
struct roomy : child {
  void *more = nullptr;
  void restart() {
    ::new (static_cast<child *>(this)) child(); // expected-warning {{placement new in the place of 'child', a base class of 'roomy': the new object is no part of the 'roomy'}}
  }
};

// Bytes are copied over what follows.
struct cleared : child {
  char flag = 1;
  void clear() {
    std::memset(static_cast<void *>(static_cast<child *>(this)), 0, sizeof(child)); // expected-warning {{memset writes 16 bytes in the place of 'child', a base class of 'cleared': 1 byte of them belongs to 'flag'}}
  }
};
