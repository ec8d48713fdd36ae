// The enclosing object's address computed by subtracting an offsetof leaves the child, however it is spelt: the cast, the
// byte type, the sign, a detour through locals or references. [expr.add]/4, [expr.static.cast]/12.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

parent *unsignedChar(child *p) {
  // expected-warning@+1 {{the address of the enclosing 'parent' is computed by pointer arithmetic that leaves 'c'; this is undefined [snug-container-of-offsetof]}}
  return reinterpret_cast<parent *>(reinterpret_cast<unsigned char *>(p) - offsetof(parent, c));
}

parent *stdByteThroughVoid(child *p) {
  auto *bytes = static_cast<std::byte *>(static_cast<void *>(p));
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return static_cast<parent *>(static_cast<void *>(bytes - offsetof(parent, c)));
}

parent *cStyle(child *p) {
  return (parent *)((char *)p - offsetof(parent, c)); // expected-warning {{leaves 'c'; this is undefined}}
}

parent *signedCharAndNegatedOffset(child *p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return reinterpret_cast<parent *>(reinterpret_cast<signed char *>(p) + -static_cast<std::ptrdiff_t>(offsetof(parent, c)));
}

parent &references(child &p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return *reinterpret_cast<parent *>(reinterpret_cast<char *>(&p) - offsetof(parent, c));
}

parent &referenceCast(child &p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return reinterpret_cast<parent &>(*(reinterpret_cast<char *>(&p) - offsetof(parent, c)));
}

parent *throughLocals(child *p) {
  constexpr std::size_t offset = offsetof(parent, c);
  auto *bytes = reinterpret_cast<char *>(p);
  auto *start = bytes - offset;
  return reinterpret_cast<parent *>(start); // expected-warning {{leaves 'c'; this is undefined}}
}

inline constexpr std::size_t offsetOfChild = offsetof(parent, c);
parent *throughConstant(child *p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetOfChild);
}

parent *subscript(child *p) {
  return (parent *)&((char *)p)[-(std::ptrdiff_t)offsetof(parent, c)]; // expected-warning {{leaves 'c'; this is undefined}}
}

parent *handWrittenOffsetof(child *p) {
  return (parent *)((char *)p - (std::size_t) & ((parent *)nullptr)->c); // expected-warning {{leaves 'c'; this is undefined}}
}

const parent *keepsConst(const child *p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return reinterpret_cast<const parent *>(reinterpret_cast<const char *>(p) - offsetof(parent, c));
}

struct grandparent {
  long head;
  parent inner;
};
grandparent *twoOffsets(child *p) {
  // expected-warning@+1 {{the address of the enclosing 'grandparent' is computed}}
  return reinterpret_cast<grandparent *>(reinterpret_cast<char *>(p) - offsetof(parent, c) - offsetof(grandparent, inner));
}
grandparent *nestedDesignator(child *p) {
  // expected-warning@+1 {{leaves 'c'; this is undefined}}
  return reinterpret_cast<grandparent *>(reinterpret_cast<char *>(p) - offsetof(grandparent, inner.c));
}

struct siblings {
  child first;
  parent second;
};
// Up by one offset and down by another: the way leads out of the first member all the same.
parent *fromSibling(child *p) {
  // expected-warning@+1 {{leaves 'first'; this is undefined}}
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(siblings, first) + offsetof(siblings, second));
}

// Every place where an expression can stand is looked at.
child lonely;
parent *atNamespaceScope =
    reinterpret_cast<parent *>(reinterpret_cast<char *>(&lonely) - offsetof(parent, c)); // expected-warning@-0 {{leaves 'c'}}
struct initialisers {
  child *p;
  // expected-warning@+1 {{leaves 'c'}}
  parent *byDefault = reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c));
  parent *byConstructor;
  explicit initialisers(child *from)
      : p(from), byConstructor(reinterpret_cast<parent *>( // expected-warning {{leaves 'c'}}
                     reinterpret_cast<char *>(from) - offsetof(parent, c))) {}
};
auto lambda = [](child *p) {
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c)); // expected-warning {{leaves 'c'}}
};
