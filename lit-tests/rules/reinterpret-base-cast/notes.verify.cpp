// Where the base is, what keeps the class from standard layout, and the cast that knows; what instantiations say is said
// once. [expr.static.cast]/12.
// RUN: %verify_both %s -- -Wno-reinterpret-base-class

struct engine {
  int power;
};
struct wheels {
  int count; // expected-note {{because base 'engine' declares 'power' and base 'wheels' declares 'count'}}
};
struct car : engine, wheels {}; // expected-note {{'wheels' is at offset 4 of 'car'}} expected-note {{'car' is not a standard-layout class}}
car *up(wheels *w) {
  // expected-error@+2 {{reinterpret_cast between 'car' and its base 'wheels' does not adjust the address}}
  // expected-note@+1 {{use static_cast, which knows where the base is}}
  return reinterpret_cast<car *>(w);
}
engine *down(car *c) {
  // expected-warning@+2 {{does not adjust the address; the two are not pointer-interconvertible}}
  // expected-note@+1 {{a conversion to the base is implicit; where it must be spelt, use static_cast}}
  return reinterpret_cast<engine *>(c);
}
template <class Derived>
struct child { // a base that reinterprets itself
  int v;
  Derived *parent() {
    // expected-error@+2 {{reinterpret_cast between 'second' and its base 'child<second>' does not adjust the address}}
    // expected-note@+1 {{use static_cast}} expected-note@+1 {{the same holds in 1 other instantiation}}
    return reinterpret_cast<Derived *>(this);
  }
};
struct first : child<first> {};
struct second : engine, child<second> {}; // expected-note {{'child<second>' is at offset 4 of 'second'}}
struct third : wheels, child<third> {};
auto *b(second &s) { return s.parent(); } // expected-note {{in instantiation of 'child<second>::parent' requested here}}
auto *c(third &t) { return t.parent(); }
