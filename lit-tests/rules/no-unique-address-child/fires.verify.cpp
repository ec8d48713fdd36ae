// An empty [[no_unique_address]] member may have the address of any byte of its class: from that address there is no way
// back. [intro.object]/10.
// RUN: %verify_both %s --ignore-notes

struct child {};
struct parent {
  int x;
  [[no_unique_address]] child c;
};
parent *up(child *c) {
  return reinterpret_cast<parent *>(c); // expected-warning {{the address of the empty member 'c' does not determine its 'parent'; the result still points to the 'child' [snug-no-unique-address-child]}}
}
child *down(parent *p) {
  return reinterpret_cast<child *>(p); // expected-warning {{the address of the empty member 'c' does not determine its 'parent'; the result still points to the 'parent'}}
}
parent *ofTheMember(parent &p) {
  return (parent *)&p.c; // expected-warning {{the address of the empty member 'c' does not determine its 'parent'}}
}
parent *throughVoid(child *c) {
  void *anything = c;
  return static_cast<parent *>(anything); // expected-warning {{the address of the empty member 'c' does not determine its 'parent'}}
}
class closed { // first, but not of a standard-layout class
public:
  [[no_unique_address]] child c;

private:
  int x;

public:
  int y;
};
closed *notStandardLayout(child *c) {
  return reinterpret_cast<closed *>(c); // expected-warning {{the address of the empty member 'c' does not determine its 'closed'}}
}
struct house {
  parent inner;
};
house *deeper(child *c) {
  return reinterpret_cast<house *>(c); // expected-warning {{the address of the empty member 'c' does not determine its 'parent'}}
}
struct pair { // two empty members of one type take two addresses
  [[no_unique_address]] child a;
  [[no_unique_address]] child b;
  int x;
};
pair *ofTheSecond(pair &p) {
  return reinterpret_cast<pair *>(&p.b); // expected-warning {{the address of the empty member 'b' does not determine its 'pair'}}
}
