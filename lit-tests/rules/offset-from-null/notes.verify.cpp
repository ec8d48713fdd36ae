// Why, what to write, and what offsetof says of such a class. [expr.ref], [support.types.layout]/1.
// RUN: %verify_both %s
#include <cstddef>

struct parent {
  int x;
  int y; // expected-note {{naming a member of an object that does not exist is undefined, whether or not it is read}}
};
std::size_t a() {
  // expected-error@+2 {{hand-written offsetof: there is no 'parent' at this address for 'y' to be a member of}}
  // expected-note@+1 {{write 'offsetof(parent, y)'}}
  return (std::size_t)&((parent *)0)->y;
}
class closed { // expected-note {{offsetof is only conditionally supported here: 'closed' is not a standard-layout class}}
public:
  int x; // expected-note {{naming a member of an object that does not exist is undefined}}

private:
  int y; // expected-note {{because member 'y' has different access than 'x'}}
};
std::size_t b() {
  // expected-error@+2 {{there is no 'closed' at this address for 'x' to be a member of}}
  // expected-note@+1 {{write 'offsetof(closed, x)'}}
  return (std::size_t)&((closed *)0)->x;
}
