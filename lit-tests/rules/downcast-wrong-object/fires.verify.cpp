// Objects that are seen to be no base of the class cast to: variables, members, elements, what new makes, objects of
// another derived class or of one in between. [expr.static.cast]/10, /2.
// RUN: %verify_both %s --checks=downcast-wrong-object --ignore-notes
#include <new>

struct part {
  int number;
};
struct whole : part {
  int more;
};
struct larger : whole {};
struct other : part {};

int ofAVariable() {
  part p{1};
  return static_cast<whole *>(&p)->more; // expected-error {{'p' is a complete 'part', not the base of a 'whole' [snug-downcast-wrong-object]}}
}
whole &ofAReference() {
  static part p{1};
  part &r = p;
  return static_cast<whole &>(r); // expected-error {{'p' is a complete 'part', not the base of a 'whole'}}
}
struct holder {
  part member;
  part several[3];
  whole *up() { return static_cast<whole *>(&member); } // expected-error {{'member' is a member of type 'part', not the base of a 'whole'}}
  whole *upOfAnElement() {
    return static_cast<whole *>(&several[1]); // expected-error {{'several' is an array of 'part', not the base of a 'whole'}}
  }
};
whole *ofANew() {
  part *p = new part{1};
  return static_cast<whole *>(p); // expected-error {{the object is a complete 'part', not the base of a 'whole'}}
}
whole *inBytes(unsigned char (&room)[sizeof(whole)]) {
  part *p = ::new (room) part{1};
  return static_cast<whole *>(p); // expected-error {{'room' is a complete 'part'}}
}
larger *notThatLarge() {
  static whole w{};
  part *p = &w;
  return static_cast<larger *>(p); // expected-error {{'w' is a complete 'whole'; its 'part' is not the base of a 'larger'}}
}
whole *ofAnotherClass() {
  static other o{};
  return static_cast<whole *>(static_cast<part *>(&o)); // expected-error {{'o' is a complete 'other'; its 'part' is not the base of a 'whole'}}
}
whole *inC(holder &h) {
  return (whole *)&h.member; // expected-error {{'member' is a member of type 'part'}}
}
int ofATemporary() {
  return static_cast<whole &&>(part{1}).more; // expected-error {{the object is a complete 'part', not the base of a 'whole'}}
}
