// static_cast, implicit conversions, classes that are no relatives, members, bytes, round trips. [expr.static.cast]/10.
// RUN: %verify_both %s -- -Wno-reinterpret-base-class
// expected-no-diagnostics

struct engine {
  int power;
};
struct wheels {
  int count;
};
struct car : engine, wheels {
  int plate;
};
car *up(wheels *w) { return static_cast<car *>(w); }
car &up(wheels &w) { return static_cast<car &>(w); }
wheels *down(car *c) { return c; }
car *cStyleOfCompleteClasses(wheels *w) { return (car *)w; }
wheels *siblings(engine *e) { return reinterpret_cast<wheels *>(e); }
unsigned char *bytes(car *c) { return reinterpret_cast<unsigned char *>(c); }
const car *constOnly(car *c) { return const_cast<const car *>(c); }
car *roundTrip(car *c) { return static_cast<car *>(static_cast<void *>(c)); }
wheels *roundTripOfTheBase(wheels *w) { return static_cast<wheels *>(static_cast<void *>(w)); }
car *fromAnywhere(void *p) { return static_cast<car *>(p); }

struct holder {
  engine motor; // a member, not a base
};
holder *member(engine *e) { return reinterpret_cast<holder *>(e); }

template <class Derived>
struct crtp {
  Derived *self() { return static_cast<Derived *>(this); }
};
struct user : crtp<user> {
  int x;
};
user *crtpUsed(user &u) { return u.self(); }
template <class T>
T *neverInstantiated(wheels *w) {
  return reinterpret_cast<T *>(w);
}
using unevaluated = decltype(reinterpret_cast<car *>((wheels *)nullptr));
