// Classes that are what their base casts to, directly and through classes in between; containers of other classes, casts
// that nothing instantiates, and casts to something that is no argument. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=crtp-not-derived
// expected-no-diagnostics
#include <concepts>
#include <vector>

template <class Derived>
class child_of {
  friend Derived;
  child_of() { static_assert(std::derived_from<Derived, child_of>); }

public:
  Derived *parent() { return static_cast<Derived *>(this); }
};
struct a : child_of<a> {
  int x;
};
struct more : a {
  int y;
};
a *use(more &m) { return m.parent(); }
a variable;
std::vector<a> several;

template <class Derived>
struct mixin {
  Derived &self() { return static_cast<Derived &>(*this); }
};
template <class Derived>
struct middle : mixin<Derived> {};
struct last : middle<last> {
  int value = 0;
};
struct two_bases : mixin<two_bases>, child_of<two_bases> {};
int use(last &l, two_bases &t) { return l.self().value + (t.parent() == &t.self()); }

// An iterator's own copies, and references to the base.
template <class Derived>
struct iterator {
  Derived &next() { return static_cast<Derived &>(*this); }
};
struct forward : iterator<forward> {};
forward &use(iterator<forward> &i) { return i.next(); }
forward copy(const forward &f) { return f; }

// Nothing casts: no member function that does is ever instantiated.
template <class Derived>
struct idle {
  Derived *never() { return static_cast<Derived *>(this); }
  int constant() { return 1; }
};
struct real : idle<real> {};
struct foreign : idle<real> {};
int use(foreign &f) { return f.constant(); }

// A choice at run time among classes that are no arguments.
struct node {
  int kind;
  int get();
};
struct leaf : node {
  int value;
};
inline int node::get() { return kind ? static_cast<leaf *>(this)->value : 0; }
node plain;

// What a lambda casts is a parameter of the function around it, whatever the lambda's own parameters are given.
template <class Derived>
struct by_lambda {
  Derived *up(int, by_lambda *b) {
    auto go = [b](int, by_lambda *) { return static_cast<Derived *>(b); };
    return go.operator()(0, this);
  }
};
struct proper : by_lambda<proper> {};
struct improper : by_lambda<proper> {};
proper *use(improper &i, proper &p) { return i.up(0, &p); }
