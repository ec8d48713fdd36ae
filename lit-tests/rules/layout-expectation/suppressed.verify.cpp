// [[clang::suppress("snug-…")]] silences one rule, "snug" all of them, at one declaration or statement; other names do
// not. Clang has the attribute without any plugin.
// RUN: %verify_both %s
#include <snug/expect.hpp>

struct SNUG(size(4)) [[clang::suppress("snug-layout-expectation")]] silent {
  long a;
};
struct SNUG(size(4)) [[clang::suppress("snug")]] silent_too {
  long a;
};
// expected-error@+2 {{'other_rule' is 8 bytes; 4 bytes were stated}}
// expected-note@+1 {{size was stated here}}
struct SNUG(size(4)) [[clang::suppress("snug-stored-back-pointer")]] other_rule {
  long a; // expected-note {{8 bytes at offset 0 hold 'a', of type 'long'}}
};
[[gsl::suppress("snug-layout-expectation")]] void function() {
  SNUG(size(4)) long local = 0;
  (void)local;
}
template <class T> struct SNUG(size(4)) [[clang::suppress("snug")]] in_template {
  T t;
};
in_template<long> instance;

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
parent *up(child *p) {
  [[clang::suppress("snug-container-of-offsetof")]]
  return reinterpret_cast<parent *>(reinterpret_cast<unsigned char *>(p) - __builtin_offsetof(parent, c));
}
