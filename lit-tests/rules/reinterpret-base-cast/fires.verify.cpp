// A reinterpreting cast between a class and its base knows nothing of where the base is: it gives a wrong address, or a
// pointer that still points to what it came from; where it is right, it is so until somebody adds a member.
// [expr.static.cast]/12, [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes -- -Wno-reinterpret-base-class

struct engine {
  int power;
};
struct wheels {
  int count;
};
struct car : engine, wheels {
  int plate;
};
car *wrongAddress(wheels *w) {
  return reinterpret_cast<car *>(w); // expected-error {{reinterpret_cast between 'car' and its base 'wheels' does not adjust the address [snug-reinterpret-base-cast]}}
}
wheels *down(car *c) {
  return reinterpret_cast<wheels *>(c); // expected-error {{reinterpret_cast between 'car' and its base 'wheels' does not adjust the address}}
}
wheels &reference(car &c) {
  return reinterpret_cast<wheels &>(c); // expected-error {{reinterpret_cast between 'car' and its base 'wheels'}}
}
car *throughVoid(wheels *w) {
  return static_cast<car *>(static_cast<void *>(w)); // expected-error {{static_cast from 'void *' between 'car' and its base 'wheels' does not adjust the address}}
}
car *implicitlyThroughVoid(wheels *w) {
  void *anything = w;
  return (car *)anything; // expected-error {{C-style cast between 'car' and its base 'wheels' does not adjust the address}}
}
// At offset 0, and yet not pointer-interconvertible.
car *sameAddress(engine *e) {
  return reinterpret_cast<car *>(e); // expected-warning {{reinterpret_cast between 'car' and its base 'engine' does not adjust the address; the two are not pointer-interconvertible, and the result still points to the 'engine'}}
}
struct bus : car {};
bus *indirect(wheels *w) {
  return reinterpret_cast<bus *>(w); // expected-error {{between 'bus' and its base 'wheels' does not adjust the address}}
}
struct visitor {
  virtual ~visitor();
};
struct printer : engine, visitor {};
engine *behindATable(printer *p) {
  return reinterpret_cast<engine *>(p); // expected-error {{between 'printer' and its base 'engine' does not adjust the address}}
}
// Right today.
struct named_engine : engine {};
named_engine *holds(engine *e) {
  return reinterpret_cast<named_engine *>(e); // expected-remark {{reinterpret_cast between 'named_engine' and its base 'engine' holds only while 'named_engine' stays standard-layout}}
}
struct tag {};
struct tagged : tag {
  int value;
};
tag *holdsDown(tagged *t) {
  return reinterpret_cast<tag *>(t); // expected-remark {{reinterpret_cast between 'tagged' and its base 'tag' holds only while}}
}
