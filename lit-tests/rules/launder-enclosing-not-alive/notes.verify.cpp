// The notes follow the calls from the constructor to launder. [ptr.launder]/2.
// RUN: %verify_both %s --checks=launder-enclosing-not-alive
#include <new>

struct tenant {
  int age;
};
struct slot {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  // expected-note@+2 {{the lifetime of the 'slot' begins when its constructor is done}}
  // expected-note@+1 {{'make' is called here}}
  slot() { make(); }
  void make() {
    of(::new (static_cast<void *>(bytes)) tenant{1}); // expected-note {{'of' is called here}}
  }
  static slot *of(tenant *t) {
    // expected-warning@+2 {{'slot' is still under construction here; launder to its array type instead}}
    // expected-note@+1 {{the array of bytes is alive while 'slot' is constructed and destroyed; a pointer to the array becomes one to the class by reinterpret_cast, if the class starts with it}}
    return std::launder(reinterpret_cast<slot *>(t));
  }
};
