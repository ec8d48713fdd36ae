// A pair of comments that lost an end, or whose lists differ, silences nothing, and that is said in files with findings.
// [lex.comment]/1.
// RUN: %verify_both %s "--without=clang-tidy:it says so in its own words" --ignore-notes

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

// expected-warning-re@+1 {{this {{.+}}BEGIN silences nothing: no {{.+}} with the same list follows [snug-unmatched-nolint]}}
// NOLINTBEGIN(snug-first-member-not-first)
parent *other_list(child *p) { return reinterpret_cast<parent *>(p); } // expected-error {{'c' is not the first member}}
// expected-warning-re@+1 {{this {{.+}}END ends nothing: no {{.+}} with the same list is open here}}
// NOLINTEND(snug-first-*)

// expected-warning-re@+1 {{this {{.+}}END ends nothing}}
// NOLINTEND

// expected-warning-re@+1 {{this {{.+}}BEGIN silences nothing}}
// NOLINTBEGIN
parent *no_end(child *p) { return reinterpret_cast<parent *>(p); } // expected-error {{'c' is not the first member}}
