// The reasons why the class is not standard-layout, and what needs none. [class.prop]/2.
// RUN: %verify_both %s -- -Wno-invalid-offsetof
#include <cstddef>

struct dynamic {
  virtual void f(); // expected-note {{because 'f' is virtual}}
};
struct parent {
  int x;
  dynamic d; // expected-note {{because member 'd' has non-standard-layout type 'dynamic'}}
};
// expected-warning@+2 {{offsetof on the non-standard-layout 'parent' is only conditionally supported}}
// expected-note@+1 {{to get from a part to the whole, make the part a base class and use static_cast, which has no condition on the layout}}
constexpr std::size_t d = offsetof(parent, d);
