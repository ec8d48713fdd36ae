// Whether a class template is standard-layout depends on its arguments: reported for the instantiation that is not, once,
// with its name. [class.prop]/2.
// RUN: %verify_both %s

struct part {
  int v;
};
template <class T>
struct wrapped { // expected-note {{'wrapped<int &>' is not a standard-layout class}}
  part p;
  T extra; // expected-note {{because member 'extra' is a reference}}
};
// A class template that nothing has needed complete is undecided: the cast itself does not.
template <class T>
wrapped<T> *notInstantiated(part *p) {
  return reinterpret_cast<wrapped<T> *>(p);
}
auto *undecided(part *p) { return notInstantiated<long &>(p); }

template <class T>
wrapped<T> *up(part *p) {
  static_assert(sizeof(wrapped<T>) >= sizeof(part));
  // expected-warning@+2 {{'wrapped<int &>' is not pointer-interconvertible with its first member 'p'}}
  // expected-note@+1 {{make 'part' a base class of 'wrapped<int &>'}}
  return reinterpret_cast<wrapped<T> *>(p);
}
auto *a(part *p) { return up<int>(p); }
auto *b(part *p) { return up<int &>(p); } // expected-note {{in instantiation of 'up<int &>' requested here}}
