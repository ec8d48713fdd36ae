// A class that has the base twice: static_cast is ill-formed, and what is written in its place points to the base still.
// A receiver that is made from the child alone cannot tell the two apart either. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-ambiguous-base --ignore-notes -- -Wno-reinterpret-base-class -Wno-inaccessible-base
struct part {
  int number;
};
template <class Whole>
struct slot : part {};
struct left : slot<struct whole> {};
struct right : slot<struct whole> {};
struct whole : left, right {
  int more;
};

whole *up(part *p) {
  return reinterpret_cast<whole *>(p); // expected-error {{'part' is an ambiguous base of 'whole': 2 paths [snug-downcast-ambiguous-base]}}
}
whole &upByReference(part &p) {
  return reinterpret_cast<whole &>(p); // expected-error {{'part' is an ambiguous base of 'whole'}}
}
int byLocal(slot<whole> *s) {
  auto *w = reinterpret_cast<whole *>(s); // expected-error {{'slot<whole>' is an ambiguous base of 'whole': 2 paths}}
  return w->more;
}
whole *byVoid(part *p) {
  return static_cast<whole *>(static_cast<void *>(p)); // expected-error {{'part' is an ambiguous base of 'whole'}}
}

struct third : left, right, part {};
third *three(part *p) {
  return reinterpret_cast<third *>(p); // expected-error {{'part' is an ambiguous base of 'third': 3 paths}}
}

template <class Parent, int>
struct child_of : part {};
struct two_children : child_of<two_children, 0>, child_of<two_children, 1> {};
struct receiver {
  using receiver_concept = void;
  two_children *parent;
  void set_value() noexcept;
  void set_stopped() noexcept;
  static receiver make_receiver_for(part *p) noexcept {
    return {static_cast<two_children *>(static_cast<child_of<two_children, 0> *>(p))}; // expected-error {{'part' is an ambiguous base of 'two_children': 2 paths}}
  }
};
