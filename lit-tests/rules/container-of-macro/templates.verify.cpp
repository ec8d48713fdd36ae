// A macro inside a template is found once per place, whatever it is instantiated with. [expr.add]/4.
// RUN: %verify_both %s
#include <cstddef>

struct child {
  int v;
};
// expected-note@+1 {{the arithmetic comes from macro 'OWNER'}}
#define OWNER(pointer, type, member) (reinterpret_cast<type *>(reinterpret_cast<char *>(pointer) - offsetof(type, member)))
template <class T>
struct box {
  T head;
  child c;             // expected-note {{'c' is a member subobject}}
  static box *up(child *p) {
    // expected-warning@+3 {{the address of the enclosing 'box<char>'}}
    // expected-note@+2 {{make 'child' a base class of 'box<char>'}}
    // expected-note@+1 {{the same holds in 1 other instantiation}}
    return OWNER(p, box, c);
  }
};
auto a(child *p) { return box<char>::up(p); } // expected-note {{in instantiation of 'box<char>::up' requested here}}
auto b(child *p) { return box<long>::up(p); }
