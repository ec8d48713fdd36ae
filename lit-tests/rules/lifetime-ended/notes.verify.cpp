// Where it ended. [basic.life]/7.
// RUN: %verify_both %s --checks=lifetime-ended
#include <memory>
#include <new>

struct child {
  int v = 0;
  ~child() {}
};
struct slot {
  alignas(child) unsigned char b[sizeof(child)]; // expected-note {{use it before, or create another one first}}
  ~slot() {
    std::destroy_at(&get()); // expected-note {{its lifetime ended here}}
    get().v = 1;             // expected-error {{the 'child' in 'b' has been destroyed, and it is used here}}
  }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};
