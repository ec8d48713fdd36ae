// One note for each path, with the offset, and what to do. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-ambiguous-base -- -Wno-reinterpret-base-class -Wno-inaccessible-base
struct part {
  int number;
};
struct left : part {};
struct right : part {};
// expected-note@+2 {{'part' is a base of 'whole<int>' by way of 'left', at offset 0}}
template <class T>
struct whole : left,
               right { // expected-note {{'part' is a base of 'whole<int>' by way of 'right', at offset 4}}
  T more;
};
whole<int> complete;
template <class T>
whole<T> *up(part *p) {
  // expected-error@+2 {{'part' is an ambiguous base of 'whole<int>': 2 paths}}
  // expected-note@+1 {{give each 'part' a tag, in the receiver's type for instance, and cast in two steps through the tagged class}}
  return reinterpret_cast<whole<T> *>(p);
}
auto *a(part *p) { return up<int>(p); } // expected-note {{in instantiation of 'up<int>' requested here}}
