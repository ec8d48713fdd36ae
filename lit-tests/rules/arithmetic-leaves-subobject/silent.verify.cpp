// One past an object or an array; indexes that are not known; pointers to who knows which element; arrays of any length;
// branches that constants rule out; bytes. [expr.add]/4.
// RUN: %verify_both %s --checks=arithmetic-leaves-subobject -- -Wno-array-bounds
// expected-no-diagnostics
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int head;
  child c;
  int tail[4];
};
child *end(parent *p) { return &p->c + 1; }
child *endByIndex(parent *p) { return &(&p->c)[1]; }
int *endOfTheArray(parent *p) { return p->tail + 4; }
int *addressOfTheEnd(parent *p) { return &p->tail[4]; }
int last(parent *p) { return p->tail[3]; }
int *back(parent *p) { return p->tail + 4 - 4; }
int *notKnown(parent *p, int n) { return p->tail + n; }
int changed(parent *p) {
  int n = 0;
  while (n < 3)
    ++n;
  return p->tail[n];
}
child *someElement(child *c) { return c - 1; }
child *someElementOfThis(child &c) { return &c + 3; }
typedef long long pair_of_long __attribute__((vector_size(16)));
struct with_vector {
  pair_of_long v;
};
long long lane(with_vector *w) { return w->v[1]; }
struct self {
  self *next() { return this + 2; }
};
int *moved(parent *p) {
  int *at = p->tail;
  ++at;
  return at + 4;
}

struct flexible {
  int count;
  int values[];
};
struct one {
  int count;
  int values[1];
};
int ofAnyLength(flexible *f, one *o) { return f->values[5] + o->values[5]; }
unsigned char *bytes(parent *p) { return reinterpret_cast<unsigned char *>(p) + offsetof(parent, c); }
int *ofNew() { return new int + 2 - 2; }

template <int N>
struct vector {
  int values[N];
  int third() {
    if constexpr (N > 2)
      return values[2];
    return 0;
  }
  int fourth() { return N > 3 ? values[3] : 0; }
  int fifth() {
    if (N < 5)
      return 0;
    else
      return values[4];
  }
  bool sixth() { return N > 5 && values[5]; }
  int seventh() {
    switch (N) {
    case 7:
      return values[6];
    default:
      return 0;
    }
  }
};
int use(vector<2> v) { return v.third() + v.fourth() + v.fifth() + v.sixth() + v.seventh(); }
using unevaluated = decltype(((parent *)nullptr)->tail[9]);
