// Instantiations are the subject: dependent numbers and conditions are those of each instantiation, and each broken one
// is reported at the template. Members, member classes, aliases, variables and locals of templates take part.
// [temp.inst]/3, [expr.sizeof]/2.
// RUN: %verify_both %s
#include <snug/expect.hpp>

// The notes stand at the members of the template.
template <class T, int N> struct SNUG(size(sizeof(T) * N)) counted {
  // expected-error@-1 {{'counted<int, 3>' is 16 bytes; 12 bytes were stated}}
  // expected-error@-2 {{'counted<double, 2>' is 24 bytes; 16 bytes were stated}}
  // expected-note@-3 2 {{size was stated here}}
  T values[N];
  char more; // expected-note {{1 byte at offset 12 holds 'more', of type 'char'}} \
                expected-note {{3 bytes at offset 13 are tail padding behind 'more'}} \
                expected-note {{1 byte at offset 16 holds 'more', of type 'char'}} \
                expected-note {{7 bytes at offset 17 are tail padding behind 'more'}}
};
counted<int, 3> three;
using two SNUG(size(24)) = counted<double, 2>;

template <class T> struct outer {
  struct SNUG(size(4)) inner { // expected-error {{'outer<long>::inner' is 8 bytes; 4 bytes were stated}} \
                                  expected-note {{size was stated here}}
    T value; // expected-note 2 {{8 bytes at offset 0 hold 'value', of type 'long'}}
  };
  using alias SNUG(size(4)) = T; // expected-error {{'alias' is 8 bytes; 4 bytes were stated}} \
                                    expected-note {{size was stated here}}
  SNUG(size(4)) static inline T shared{}; // expected-error {{'shared' is 8 bytes; 4 bytes were stated}} \
                                             expected-note {{size was stated here}}
  inner first; // starts before offset 4, so the note is about its member
  // expected-error@+2 {{'second' is at offset 8 of 'outer<long>'; offset 4 was stated}}
  // expected-note@+1 {{offset was stated here}}
  SNUG(offset(4)) T second;
};
outer<long> object;

template <class T> T use(T t) {
  SNUG_WHEN(sizeof(T) == 8, size(4)) T local = t; // expected-error {{'local' is 8 bytes; 4 bytes were stated}} \
                                                     expected-note {{size was stated here}}
  auto lambda = [](auto q) {
    SNUG(size(4)) auto inside = q; // expected-error {{'inside' is 8 bytes; 4 bytes were stated}} \
                                      expected-note {{size was stated here}}
    return inside;
  };
  return lambda(local);
}
long eight = use(3L);
int four = use(3);

template <int N> struct SNUG(size(N)) sized {}; // expected-error {{the number stated for 'size' of 'sized' is negative: -1}}
sized<-1> negative;

template <int N> struct SNUG(size(N)) lone_name {};
lone_name<1> one;
