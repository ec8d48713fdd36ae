// One place can be silenced, by declaration or by statement, and only for the rule that is named. [expr.add]/4.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

[[clang::suppress("snug-container-of-offsetof")]] parent *wholeFunction(child *p) {
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c));
}
parent *oneStatement(child *p) {
  [[clang::suppress("snug-container-of-offsetof")]] return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) -
                                                                                      offsetof(parent, c));
}
// expected-remark@+1 {{'snug-container-of-macro' is silenced here and finds nothing}}
[[clang::suppress("snug-container-of-macro")]] parent *anotherRule(child *p) {
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(p) - offsetof(parent, c)); // expected-warning {{leaves 'c'}}
}
