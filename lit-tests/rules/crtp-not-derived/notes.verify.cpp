// The notes show the cast, and how to keep others from deriving. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=crtp-not-derived
// expected-note@+2 2{{let 'child_of' have a private constructor and its argument as a friend, and state std::derived_from of the two in the constructor's body}}
template <class Derived>
struct child_of {
  Derived &parent() { return static_cast<Derived &>(*this); } // expected-note 2{{'child_of<a>' casts 'this' to 'a' here}}
};
struct a : child_of<a> {
  int x;
};
struct b : child_of<a> {}; // expected-error {{'b' derives from 'child_of<a>' but is no 'a'}}
a &wrong(b &o) { return o.parent(); }
child_of<a> lone; // expected-error {{'lone' is a complete 'child_of<a>', not the base of any 'a'}}
