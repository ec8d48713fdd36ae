// The notes show where the derivation is virtual, and what to do. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-virtual-base -- -Wno-reinterpret-base-class -Wno-inaccessible-base
struct part {
  int number;
};
struct whole : virtual part { // expected-note {{'part' is a base of 'whole' directly, where the derivation is virtual}}
  int more;
};
whole *up(part *p) {
  // expected-error@+2 {{'part' is a virtual base of 'whole'}}
  // expected-note@+1 {{derive without 'virtual', or store a pointer to the 'whole'}}
  return reinterpret_cast<whole *>(p);
}

struct dynamic {
  virtual ~dynamic();
};
struct left : virtual dynamic {};
// expected-note@+1 {{'dynamic' is a base of 'derived' by way of 'left', where the derivation is virtual}}
struct derived : left {};
derived *up(dynamic *d) {
  // expected-error@+2 {{'dynamic' is a virtual base of 'derived'}}
  // expected-note@+1 {{derive without 'virtual', or store a pointer to the 'derived'; dynamic_cast finds it at run time}}
  return reinterpret_cast<derived *>(d);
}
