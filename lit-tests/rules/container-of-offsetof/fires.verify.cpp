// The enclosing object's address computed by subtracting an offsetof leaves the child: [expr.add]/4.
// RUN: %verify_plugin %s
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

parent *up(child *p) {
  // expected-warning@+1 {{the address of the enclosing 'parent' is computed by pointer arithmetic}}
  return reinterpret_cast<parent *>(reinterpret_cast<unsigned char *>(p) - offsetof(parent, c));
}
