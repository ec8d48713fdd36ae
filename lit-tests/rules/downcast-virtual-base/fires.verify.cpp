// A virtual base, or a base of one: where the derived class lies depends on the complete object. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-virtual-base --ignore-notes -- -Wno-reinterpret-base-class -Wno-inaccessible-base
struct root {
  int number;
};
struct part : root {
  int age;
};
struct whole : virtual part {
  int more;
};

whole *up(part *p) {
  return reinterpret_cast<whole *>(p); // expected-error {{'part' is a virtual base of 'whole'; its offset is not a property of 'whole' [snug-downcast-virtual-base]}}
}
whole &upByReference(part &p) {
  return reinterpret_cast<whole &>(p); // expected-error {{'part' is a virtual base of 'whole'}}
}
whole *further(root *r) {
  return static_cast<whole *>(static_cast<void *>(r)); // expected-error {{'root' is a base of a virtual base of 'whole'; its offset is not a property of 'whole'}}
}

// A diamond has one base of the type, virtually.
struct left : virtual part {};
struct right : virtual part {};
struct diamond : left, right {};
diamond *ofADiamond(part *p) {
  return reinterpret_cast<diamond *>(p); // expected-error {{'part' is a virtual base of 'diamond'}}
}

template <class Parent>
struct child_of : virtual part {
  Parent *parent(part *p) {
    return reinterpret_cast<Parent *>(p); // expected-error {{'part' is a virtual base of 'outer'}}
  }
};
struct outer : child_of<outer> {};
outer *use(outer &o) { return o.parent(&o); }
