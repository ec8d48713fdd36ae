// Why both are right in their way, which type is repeated, and what to do. [intro.object]/10.
// RUN: %verify_both %s -- -Wno-reinterpret-base-class

struct policy {}; // expected-note 2 {{'policy' is both in 'mode' and in a base of 'lock'; give one of them a type of its own, such as a template with a tag}}
struct strict : policy {};
struct lock : policy { // expected-note 2 {{by the letter 'lock' is pointer-interconvertible with 'mode', and traits say so; no two objects of one type share an address all the same}}
  strict mode;
};
lock *up(strict *s) {
  // expected-warning@+2 {{'mode' is at offset 1 although 'lock' is standard-layout; the cast does not adjust the address}}
  // expected-note@+1 {{take the address of the member on the way down; on the way up, make it a base class and use static_cast}}
  return reinterpret_cast<lock *>(s);
}
template <class T>
T *in(lock *l) {
  // expected-warning@+2 {{'mode' is at offset 1 although 'lock' is standard-layout}}
  // expected-note@+1 {{take the address of the member on the way down}}
  return reinterpret_cast<T *>(l);
}
auto *a(lock *l) { return in<strict>(l); } // expected-note {{in instantiation of 'in<strict>' requested here}}

struct key {
  strict kind;
};
struct other : policy {};
struct chain : key, other {}; // expected-note {{by the letter 'chain' is pointer-interconvertible with the base 'other', and traits say so}}
// expected-note@4 {{'policy' is both in the base 'other' and in a base of 'chain'}}
chain *base(other *o) {
  // expected-warning@+2 {{the base 'other' is at offset 1 although 'chain' is standard-layout}}
  // expected-note@+1 {{use static_cast, which adjusts the address}}
  return reinterpret_cast<chain *>(o);
}
