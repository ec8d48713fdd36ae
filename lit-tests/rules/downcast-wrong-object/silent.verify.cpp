// Bases of what is cast to, at every depth; pointers and references that may point to one; what launder found; and code
// that a constant condition keeps from being executed. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-wrong-object
// expected-no-diagnostics
#include <new>
#include <type_traits>

struct part {
  int number;
};
struct whole : part {
  int more;
};
struct larger : whole {
  int most;
};

int ofAVariable() {
  whole w{{1}, 2};
  part &p = w;
  return static_cast<whole &>(p).more;
}
int ofALargerOne() {
  larger l{};
  part *p = &l;
  return static_cast<whole *>(p)->more + static_cast<larger *>(p)->most;
}
struct holder {
  whole member;
  part *pointer;
  part &reference;
  int up() { return static_cast<whole *>(static_cast<part *>(&member))->more; }
  whole *upOfThePointer() { return static_cast<whole *>(pointer); }
  whole &upOfTheReference() { return static_cast<whole &>(reference); }
};
whole *ofAParameter(part *p) { return static_cast<whole *>(p); }
part *given();
whole *ofACall() { return static_cast<whole *>(given()); }
whole *ofAChoice(bool b, whole *w, part *p) { return static_cast<whole *>(b ? w : p); }
whole *ofANew() {
  part *p = new whole{};
  return static_cast<whole *>(p);
}
int assigned(part *q) {
  part first{1};
  part *p = &first;
  p = q;
  return static_cast<whole *>(p)->more;
}
whole *laundered(unsigned char (&room)[sizeof(whole)]) {
  return static_cast<whole *>(std::launder(reinterpret_cast<part *>(&room)));
}
struct self : part {
  self *me() { return static_cast<self *>(static_cast<part *>(this)); }
};

union either {
  part one;
  whole other;
};
whole *ofAnAlternative(either &e) { return static_cast<whole *>(&e.one); }

template <class T>
int chosen() {
  T t{};
  part *p = &t;
  if (std::is_same_v<T, whole>)
    return static_cast<whole *>(p)->more;
  return 0;
}
int use() { return chosen<part>() + chosen<whole>(); }

template <class T>
T *neverInstantiated() {
  static part p{};
  return static_cast<T *>(&p);
}

// A cast over several bases at once says nothing of those in between.
struct middle : part {};
struct top : middle {};
middle *overSeveral(top &parameter) {
  static top t;
  (void)parameter;
  return static_cast<middle *>(reinterpret_cast<part *>(&t));
}
