// What static_cast can do, what dynamic_cast does, pointers that are only kept, and the way up. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-virtual-base -- -Wno-reinterpret-base-class -Wno-inaccessible-base
// expected-no-diagnostics
struct part {
  virtual ~part();
  int number;
};
struct whole : part {
  int more;
};
struct by_way : virtual whole {};

whole *up(part *p) { return static_cast<whole *>(p); }
by_way *atRunTime(part *p) { return dynamic_cast<by_way *>(p); }
part *down(by_way *b) { return b; }
whole *reinterpretedDown(by_way *b) { return reinterpret_cast<whole *>(b); }
part *thereAndBack(part *p) { return reinterpret_cast<part *>(reinterpret_cast<by_way *>(p)); }
bool compares(part *p, by_way *b) { return reinterpret_cast<by_way *>(p) == b; }
by_way *userData(void *data) { return static_cast<by_way *>(data); }
by_way *same(by_way *b) { return reinterpret_cast<by_way *>(b); }

template <class Whole>
Whole *neverInstantiated(part *p) {
  return reinterpret_cast<Whole *>(p);
}
