// A base that casts its `this` to its argument, in classes and objects that are none: derived from another's base, a base
// of nothing, in between; the cast itself, in a function that is given `this`, by reference, in a lambda.
// [expr.static.cast]/10.
// RUN: %verify_both %s --checks=crtp-not-derived --ignore-notes
template <class Derived>
struct child_of {
  Derived *parent() { return static_cast<Derived *>(this); }
};
struct a : child_of<a> {
  int x;
};
struct b : child_of<a> { // expected-error {{'b' derives from 'child_of<a>' but is no 'a' [snug-crtp-not-derived]}}
  int y;
};
struct further : b {}; // said of 'b' already
a *wrong(b &o) { return o.parent(); }
a *right(a &o) { return o.parent(); }

child_of<a> lone; // expected-error {{'lone' is a complete 'child_of<a>', not the base of any 'a'}}
struct holder {
  child_of<a> member; // expected-error {{'member' is a complete 'child_of<a>'}}
  child_of<a> array[2]; // expected-error {{'array' is a complete 'child_of<a>'}}
};
auto *made() { return new child_of<a>; } // expected-error {{the object is a complete 'child_of<a>'}}
a *temporary() { return child_of<a>{}.parent(); } // expected-error {{the object is a complete 'child_of<a>'}}
struct both : a, child_of<b> {};

// In between, by reference and const, with a pack of arguments.
template <class... Traits>
struct mixin {
  template <class T>
  const T &as() const {
    return static_cast<const T &>(*this);
  }
};
template <class Derived>
struct middle : mixin<int, Derived> {
  int answer() const { return this->template as<Derived>().value; }
};
struct good : middle<good> {
  int value = 1;
};
struct bad : middle<good> {}; // expected-error {{'bad' derives from 'mixin<int, good>' but is no 'good'}}
int use(good &g, bad &b) { return g.answer() + b.answer(); }
middle<good> between; // expected-error {{'between' is a complete 'middle<good>', not the base of any 'good'}}

// In a function that is given `this`.
template <class Derived, class Base>
Derived &down(Base *base) {
  return static_cast<Derived &>(*base);
}
template <class Derived>
struct handed_on {
  int get() { return down<Derived>(this).value; }
};
struct one : handed_on<one> {
  int value = 1;
};
struct two : handed_on<one> { // expected-error {{'two' derives from 'handed_on<one>' but is no 'one'}}
  int value = 2;
};
int use(one &o, two &t) { return o.get() + t.get(); }

// In a lambda that captures `this`.
template <class Derived>
struct captured {
  int get() {
    auto self = [this]() -> Derived & { return *static_cast<Derived *>(this); };
    return self().value;
  }
};
struct three : captured<three> {
  int value = 3;
};
struct four : captured<three> {}; // expected-error {{'four' derives from 'captured<three>' but is no 'three'}}
int use(three &t, four &f) { return t.get() + f.get(); }
