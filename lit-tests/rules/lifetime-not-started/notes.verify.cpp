// Where the use is, where the bytes are, and what begins a lifetime. [basic.life]/2.
// RUN: %verify_both %s --checks=lifetime-not-started
#include <new>

struct child {
  int v;
  explicit child(int i) : v(i) {}
  ~child() {}
};
struct slot {
  alignas(child) unsigned char b[sizeof(child)]; // expected-note {{the bytes are storage; the lifetime of the 'child' begins with placement new or construct_at}}
  slot() {
    set(); // expected-error {{no 'child' has been created in 'b' yet}}
    ::new (b) child(1);
  }
  void set() {
    std::launder(reinterpret_cast<child *>(b))->v = 1; // expected-note {{the use is in the function that is called}}
  }
};
class forgets {
  alignas(child) unsigned char b[sizeof(child)]; // expected-note {{the bytes are storage}}

public:
  forgets() {} // expected-error {{this constructor creates no 'child' in 'b', which the destructor destroys}}
  ~forgets() {
    std::launder(reinterpret_cast<child *>(b))->~child(); // expected-note {{it is destroyed here, on every path}}
  }
};
