// The note shows the object, and the instantiation that is wrong; others are not. [expr.static.cast]/10.
// RUN: %verify_both %s --checks=downcast-wrong-object
struct part {
  int number;
};
struct whole : part {
  int more;
};
template <class T>
int of() {
  static T t{}; // expected-note {{'t' is declared here}}
  part &p = t;
  return static_cast<whole &>(p).more; // expected-error {{'t' is a complete 'part', not the base of a 'whole'}}
}
int a() { return of<whole>(); }
int b() { return of<part>(); } // expected-note {{in instantiation of 'of<part>' requested here}}
