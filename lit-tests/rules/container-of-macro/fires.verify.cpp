// The enclosing object's address computed by a macro, or from a pointer to member: one finding where the macro is used,
// one in the helper. Known by what is computed, not by the name. [expr.add]/4, [expr.mptr.oper]/4.
// RUN: %verify_both %s --ignore-notes -- -Wno-gnu
#include <cstddef>
#include <cstdint>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))
#define list_entry(pointer, type, member) container_of(pointer, type, member)
#define CONTAINING_RECORD(address, type, field)                                                                        \
  ((type *)((unsigned char *)(address) - (std::uintptr_t)(&((type *)0)->field)))
#define kernel_style(pointer, type, member)                                                                            \
  ({                                                                                                                   \
    const decltype(((type *)0)->member) *member_pointer = (pointer);                                                   \
    (type *)((char *)member_pointer - offsetof(type, member));                                                         \
  })

parent *a(child *p) { return container_of(p, parent, c); } // expected-warning {{the address of the enclosing 'parent' is computed by pointer arithmetic that leaves 'c'; this is undefined [snug-container-of-macro]}}
parent *b(child *p) { return list_entry(p, parent, c); }   // expected-warning {{[snug-container-of-macro]}}
parent *c(child *p) { return CONTAINING_RECORD(p, parent, c); } // expected-warning {{[snug-container-of-macro]}}
parent *d(child *p) { return kernel_style(p, parent, c); }      // expected-warning {{[snug-container-of-macro]}}

// The offset as a pointer to member, measured on bytes that hold no object.
template <class Parent, class Member>
Parent *from_member(Member *m, Member Parent::*which) {
  alignas(Parent) static char probe[sizeof(Parent)];
  auto offset = reinterpret_cast<char *>(&(reinterpret_cast<Parent *>(probe)->*which)) - probe;
  // expected-warning@+1 {{the address of the enclosing 'parent' is computed by pointer arithmetic that leaves the 'child'; this is undefined [snug-container-of-macro]}}
  return reinterpret_cast<Parent *>(reinterpret_cast<char *>(m) - offset);
}
parent *e(child *p) { return from_member(p, &parent::c); }

// The measuring itself may be a call, and everything may pass through void*.
template <class Parent, class Member>
std::ptrdiff_t offset_of(Member Parent::*which) {
  const Parent *const none = nullptr;
  return static_cast<const char *>(static_cast<const void *>(&(none->*which))) -
         static_cast<const char *>(static_cast<const void *>(none));
}
template <class Parent, class Member, Member Parent::*Which>
struct value_traits {
  static Parent &value(Member &m) {
    // expected-warning@+1 {{leaves 'c'; this is undefined [snug-container-of-macro]}}
    return *static_cast<Parent *>(static_cast<void *>(static_cast<char *>(static_cast<void *>(&m)) - offset_of(Which)));
  }
};
parent &f(child &p) { return value_traits<parent, child, &parent::c>::value(p); }
