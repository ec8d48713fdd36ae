// A name that no rule has silences nothing; a rule that finds nothing needs no silence. [dcl.attr.grammar]/6.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

// expected-warning@+1 {{no rule is called 'snug-first-member-not-frist'; did you mean 'snug-first-member-not-first'? [snug-unused-suppression]}}
[[clang::suppress("snug-first-member-not-frist")]] parent *misspelt(child *p) {
  return reinterpret_cast<parent *>(p); // expected-error {{'c' is not the first member}}
}
// expected-warning@+1 {{no rule is called 'snug-of-no-such-thing-at-all'; 'snug check --list-rules' lists them}}
struct [[clang::suppress("snug-of-no-such-thing-at-all")]] unknown {};

// expected-remark@+1 {{'snug-first-member-not-first' is silenced here and finds nothing}}
[[clang::suppress("snug-first-member-not-first")]] int nothing_to_silence() { return 0; }
// One of two.
// expected-remark@+1 {{'snug-container-of-offsetof' is silenced here and finds nothing}}
[[clang::suppress("snug-first-member-not-first", "snug-container-of-offsetof")]] parent *one_of_two(child *p) {
  return reinterpret_cast<parent *>(p);
}
int statement() {
  // expected-remark@+1 {{'snug-first-member-not-first' is silenced here and finds nothing}}
  [[clang::suppress("snug-first-member-not-first")]] return 0;
}
// The inner one is enough, both silence.
struct [[clang::suppress("snug-first-member-not-first")]] holder {
  [[clang::suppress("snug-first-member-not-first")]] static parent *of(child *p) {
    return reinterpret_cast<parent *>(p);
  }
};

// expected-warning@+1 {{no rule is called 'snug-frist-*'}}
parent *comment(child *p) { return reinterpret_cast<parent *>(p); } // NOLINT(snug-frist-*, snug-first-*)
// expected-remark@+1 {{'snug-first-member-not-first' is silenced here and finds nothing}}
int no_cast(); // NOLINT(bugprone-x, snug-first-member-not-first)
// expected-remark@+1 {{'snug-container-of-offsetof' is silenced here and finds nothing}}
// NOLINTBEGIN(snug-first-member-not-first, snug-container-of-offsetof)
parent *between(child *p) { return reinterpret_cast<parent *>(p); }
// NOLINTEND(snug-first-member-not-first, snug-container-of-offsetof)
