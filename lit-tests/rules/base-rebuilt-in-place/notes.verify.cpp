// What is overwritten, why the new object is not the old one, and where it could live instead. [basic.life]/9.
// RUN: %verify_both %s --checks=base-rebuilt-in-place
#include <new>

struct child {
  void *handle = nullptr;
  char kind = 0;
  child() {}
};
struct parent : child { // expected-note {{keep what is built more than once in a union member or in an array of bytes}}
  char flag = 1; // expected-note {{'flag' lies in the tail padding of 'child', which a base class and a [[no_unique_address]] member share with what follows}}
  void restart() {
    // expected-error@+2 {{placement new writes 16 bytes in the place of 'child', a base class of 'parent'}}
    // expected-note@+1 {{an object created here does not replace a potentially-overlapping subobject: names of the old one and pointers to it do not lead to it, and the lifetime of the 'parent' ends}}
    ::new (static_cast<child *>(this)) child();
  }
};
