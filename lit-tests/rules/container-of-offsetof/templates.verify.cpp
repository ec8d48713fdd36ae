// Instantiations are the subject: reported once per place in the template, with the instantiation that asked for it and
// the number of the others; generic lambdas, local classes and members of class templates included. [expr.add]/4.
// RUN: %verify_both %s
#include <cstddef>

struct child {
  int v;
};
template <class T>
struct box {
  T head;
  child c; // expected-note {{'c' is a member subobject}}
  static box *of(child *p) {
    // expected-warning@+3 {{the address of the enclosing 'box<char>' is computed}}
    // expected-note@+2 {{make 'child' a base class of 'box<char>'}}
    // expected-note@+1 {{the same holds in 2 other instantiations}}
    return reinterpret_cast<box *>(reinterpret_cast<char *>(p) - offsetof(box, c));
  }
};
auto a(child *p) { return box<char>::of(p); } // expected-note {{in instantiation of 'box<char>::of' requested here}}
auto b(child *p) { return box<int>::of(p); }
auto c(child *p) { return box<long>::of(p); }

struct parent {
  int x;
  child c; // expected-note 3 {{'c' is a member subobject}}
};
auto generic = [](auto *p) { // expected-note {{in instantiation of '(lambda)::operator()<child>' requested here}}
  // expected-warning@+2 {{the address of the enclosing 'parent'}}
  // expected-note@+1 {{make 'child' a base class of 'parent'}}
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c));
};
parent *d(child *p) { return generic(p); }

parent *e(child *p) {
  struct local {
    static parent *up(child *q) {
      // expected-warning@+2 {{the address of the enclosing 'parent'}}
      // expected-note@+1 {{make 'child' a base class of 'parent'}}
      return reinterpret_cast<parent *>(reinterpret_cast<char *>(q) - offsetof(parent, c));
    }
  };
  return local::up(p);
}

template <class P>
P *explicitly(child *p) {
  // expected-warning@+2 {{the address of the enclosing 'parent'}}
  // expected-note@+1 {{make 'child' a base class of 'parent'}}
  return reinterpret_cast<P *>(reinterpret_cast<char *>(p) - offsetof(P, c));
}
template parent *explicitly<parent>(child *); // expected-note {{in instantiation of 'explicitly<parent>' requested here}}
