// A cast between a class and a later member never moves the address: the result points to the member, or to the class,
// whatever its type says. [class.mem.general]/31, [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes

struct wheel {
  int spokes;
};
struct cart {
  int horses;
  wheel left;
  wheel right;
};
cart *up(wheel *w) {
  return reinterpret_cast<cart *>(w); // expected-error {{'left' is not the first member of 'cart' (that is 'horses'); the result still points to the 'wheel' [snug-first-member-not-first]}}
}
wheel *down(cart *c) {
  return reinterpret_cast<wheel *>(c); // expected-error {{'left' is not the first member of 'cart' (that is 'horses'); the result still points to the 'cart'}}
}
cart *ofTheMemberNamed(cart &c) {
  return (cart *)&c.right; // expected-error {{'right' is not the first member of 'cart' (that is 'horses'); the result still points to the 'wheel'}}
}
cart &reference(wheel &w) {
  return reinterpret_cast<cart &>(w); // expected-error {{'left' is not the first member of 'cart'}}
}
cart *throughVoid(wheel *w) {
  void *anything = w;
  return static_cast<cart *>(anything); // expected-error {{'left' is not the first member of 'cart'}}
}
cart *ofANumberNamed(cart &c) {
  return reinterpret_cast<cart *>(&c.left.spokes); // expected-error {{'left' is not the first member of 'cart'}}
}

struct convoy {
  cart first;
};
convoy *deeper(wheel *w) {
  return reinterpret_cast<convoy *>(w); // expected-error {{'left' is not the first member of 'cart' (that is 'horses')}}
}
struct covered : cart {};
covered *inherited(wheel *w) {
  return reinterpret_cast<covered *>(w); // expected-error {{'left' is not the first member of 'cart'}}
}
struct link {};
struct node : link { // a link of its own, and another one as a member
  int value;
  link other;
};
node *ofTheMemberNotTheBase(node &n) {
  return reinterpret_cast<node *>(&n.other); // expected-error {{'other' is not the first member of 'node' (that is 'value'); the result still points to the 'link'}}
}
class closed { // neither first nor in a standard-layout class: the place is the worse fault
  int horses;

public:
  wheel left;
};
closed *notStandardLayoutEither(wheel *w) {
  return reinterpret_cast<closed *>(w); // expected-error {{'left' is not the first member of 'closed' (that is 'horses')}}
}
