// Silent: holes below the threshold, unions, closure types, system headers, and what is silenced.
// RUN: %verify_both %s --config=%S/Inputs/eight.yaml -- --target=x86_64-linux-gnu -isystem %S/Inputs/system
// expected-no-diagnostics
#include <holes.h>

struct seven {
  char a;
  long b;
};
struct packed {
  long a;
  char b[8];
};
struct inside_only {
  scattered_by_system a;
  long b;
};
union overlapping {
  char a;
  long double b[4];
};
// The tail padding of a base is used by the members behind it.
struct base {
  base();
  long a;
  int b;
};
struct derived : base {
  int c;
};
template <class T> struct pattern {
  char a;
  T b;
  char c;
};
struct [[clang::suppress("snug-padding-hole")]] silenced {
  char a;
  long b;
  char c;
};
auto closure(char a, long b, char c) {
  return [a, b, c] { return a + b + c; };
}
