// One base of the type, steps through classes that tell two bases apart, pointers that are only kept, and casts back to
// where they came from. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-ambiguous-base -- -Wno-reinterpret-base-class -Wno-inaccessible-base
// expected-no-diagnostics
struct part {
  int number;
};
template <class Whole, int Tag>
struct slot : part {};
struct whole : slot<whole, 0>, slot<whole, 1> {
  int more;
};
template <int Tag>
whole *up(part *p) {
  return static_cast<whole *>(static_cast<slot<whole, Tag> *>(p));
}
template whole *up<0>(part *);
template whole *up<1>(part *);

struct single : part {
  int more;
};
single *once(part *p) { return static_cast<single *>(p); }

struct receiver {
  single *parent;
  static receiver make_receiver_for(part *p) noexcept { return {static_cast<single *>(p)}; }
};
struct tagged {
  whole *parent;
  static tagged make_receiver_for(slot<whole, 1> *s) noexcept { return {static_cast<whole *>(s)}; }
};

// With more than the child alone it may know which of the two it is given.
struct told {
  whole *parent;
  static told make_receiver_for(part *p, bool first) noexcept {
    return {first ? up<0>(p) : static_cast<whole *>(static_cast<slot<whole, 1> *>(p))};
  }
};

part *thereAndBack(part *p) { return reinterpret_cast<part *>(reinterpret_cast<whole *>(p)); }
bool compares(part *p, whole *w) { return reinterpret_cast<whole *>(p) == w; }
whole *fromItself(whole *w) { return static_cast<whole *>(static_cast<void *>(w)); }
whole *unrelated(int *p) { return reinterpret_cast<whole *>(p); }
struct incomplete;
whole *fromUnknown(incomplete *p) { return reinterpret_cast<whole *>(p); }

template <class Whole>
Whole *neverInstantiated(part *p) {
  return reinterpret_cast<Whole *>(p);
}
