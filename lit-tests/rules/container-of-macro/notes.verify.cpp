// Every note: the chain of macros to the one that does the arithmetic, or the helper's pointer to member; then why, and
// what to write instead. [expr.add]/4.
// RUN: %verify_both %s
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c; // expected-note {{'c' is a member subobject; arithmetic on a pointer to it can only reach one past it}}
};
// expected-note@+1 {{the arithmetic comes from macro 'container_of'}}
#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))
// expected-note@+1 {{the arithmetic comes from macro 'list_entry'}}
#define list_entry(pointer, type, member) container_of(pointer, type, member)

parent *a(child *p) {
  // expected-warning@+2 {{the address of the enclosing 'parent' is computed by pointer arithmetic that leaves 'c'; this is undefined [snug-container-of-macro]}}
  // expected-note@+1 {{make 'child' a base class of 'parent' and use static_cast, or store a pointer to the 'parent'}}
  return list_entry(p, parent, c);
}

template <class Parent, class Member>
Parent *from_member(Member *m, Member Parent::*which) {
  auto offset = reinterpret_cast<char *>(&(static_cast<Parent *>(nullptr)->*which)) - static_cast<char *>(nullptr); // expected-note {{'from_member' computes the offset from a pointer to member}}
  // expected-warning@+3 {{leaves the 'child'; this is undefined [snug-container-of-macro]}}
  // expected-note@+2 {{the 'child' is one object; arithmetic on a pointer to it can only reach one past it}}
  // expected-note@+1 {{make 'child' a base class of 'parent' and use static_cast, or store a pointer to the 'parent'}}
  return reinterpret_cast<Parent *>(reinterpret_cast<char *>(m) - offset);
}
parent *b(child *p) { return from_member(p, &parent::c); } // expected-note {{in instantiation of 'from_member<parent, child>' requested here}}
