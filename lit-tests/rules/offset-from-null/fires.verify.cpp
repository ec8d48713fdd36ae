// offsetof written by hand names a member of an object that is not there. [expr.unary.op], [expr.ref].
// RUN: %verify_both %s --ignore-notes
#include <cstddef>
#include <cstdint>

struct inner {
  int a;
  int b;
};
struct parent {
  int x;
  int y;
  inner in;
  int list[4];
};
std::size_t casts() {
  return reinterpret_cast<std::size_t>(&static_cast<parent *>(nullptr)->y); // expected-error {{hand-written offsetof: there is no 'parent' at this address for 'y' to be a member of [snug-offset-from-null]}}
}
std::size_t cStyle() {
  return (std::size_t)&((parent *)0)->y; // expected-error {{there is no 'parent' at this address for 'y' to be a member of}}
}
std::size_t dereferenced() {
  return (std::size_t)&(*(parent *)0).y; // expected-error {{there is no 'parent' at this address for 'y' to be a member of}}
}
std::size_t nested() {
  return (std::size_t)&((parent *)NULL)->in.b; // expected-error {{there is no 'parent' at this address for 'b' to be a member of}}
}
std::size_t element() {
  return (std::size_t)&((parent *)0)->list[2]; // expected-error {{for 'list' to be a member of}}
}
std::ptrdiff_t subtracted() {
  return (char *)&((parent *)0)->y - (char *)0; // expected-error {{for 'y' to be a member of}}
}
std::size_t fromAnotherNumber() {
  return (std::size_t)&((parent *)16)->y - 16; // expected-error {{for 'y' to be a member of}}
}
std::ptrdiff_t fromAnotherPointer() {
  return reinterpret_cast<char *>(&reinterpret_cast<parent *>(64)->y) - reinterpret_cast<char *>(64); // expected-error {{for 'y' to be a member of}}
}
std::size_t asReference() {
  return (std::size_t)&reinterpret_cast<const volatile char &>(((parent *)0)->y); // expected-error {{for 'y' to be a member of}}
}
#define MY_OFFSETOF(type, member) ((std::size_t) & ((type *)0)->member)
const std::size_t macro = MY_OFFSETOF(parent, y); // expected-error {{for 'y' to be a member of}}
template <class T>
std::size_t dependent() {
  return (std::size_t)&((T *)0)->x; // expected-error {{there is no 'parent' at this address for 'x' to be a member of}}
}
std::size_t instantiated() { return dependent<parent>(); }
