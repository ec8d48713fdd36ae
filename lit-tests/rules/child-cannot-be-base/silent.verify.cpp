// A type that would do; one that is made by a call, or late, so that bytes are right; final classes that are members.
// RUN: %verify_both %s --checks=child-cannot-be-base
// RUN: %snug check %s --checks=child-cannot-be-base --format=json -- -std=c++20 | FileCheck %s
// expected-no-diagnostics
#include <new>
struct open {
  int v;
};
open connect();
template <int Number> struct slot {
  alignas(open) unsigned char bytes[sizeof(open)];
  slot() {
    if constexpr (Number == 1)
      ::new (bytes) open();
    else if constexpr (Number == 2)
      ::new (bytes) open(connect());
  }
  void late() {
    if constexpr (Number == 3)
      ::new (bytes) open();
  }
};
template <int Number> struct parent : slot<Number> {
  int value;
  static parent *of(open *c) {
    auto *s = reinterpret_cast<slot<Number> *>(std::launder(reinterpret_cast<unsigned char(*)[sizeof(open)]>(c)));
    return &static_cast<parent &>(*s);
  }
};
// CHECK-DAG: 'open' cannot be a base class of 'parent<2>': what a call returns is moved into a base
// CHECK-DAG: 'open' cannot be a base class of 'parent<3>': it is created later than its parent
parent<1> one;
parent<2> two;
void use(open *c) {
  parent<1>::of(c);
  parent<2>::of(c);
  parent<3> *p = parent<3>::of(c);
  p->late();
}
// Final, and late: without the word it would have to live in bytes all the same.
struct late_and_final final {
  int v;
};
struct cell {
  alignas(late_and_final) unsigned char bytes[sizeof(late_and_final)];
  void begin() { ::new (bytes) late_and_final(); }
};
struct restarts : cell {
  int value;
};
restarts *of(late_and_final *c) {
  auto *s = reinterpret_cast<cell *>(std::launder(reinterpret_cast<unsigned char(*)[sizeof(late_and_final)]>(c)));
  return static_cast<restarts *>(s);
}
struct closed final {
  int v;
};
struct has_a_member {
  closed c;
};
has_a_member *of(closed *c) { return reinterpret_cast<has_a_member *>(c); }
