// Written out as the argument of a macro it is still this rule's; written by the macro it is container-of-macro's.
// [expr.add]/4.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
#define CHECKED(expression) (expression)
#define UP(pointer) (reinterpret_cast<parent *>(reinterpret_cast<char *>(pointer) - offsetof(parent, c)))

parent *argument(child *p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined [snug-container-of-offsetof]}}
  return CHECKED(reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c)));
}
parent *body(child *p) { return UP(p); } // expected-warning {{leaves 'c'; this is undefined [snug-container-of-macro]}}
