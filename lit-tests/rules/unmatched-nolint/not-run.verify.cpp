// Whoever does not ask for this rule hears nothing of it, in files with findings neither. [lex.comment]/1.
// RUN: %verify_both %s "--without=clang-tidy:it says so in its own words" --checks=first-member-not-first --ignore-notes
struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
// NOLINTBEGIN(snug-container-of-offsetof)
parent *up(child *p) { return reinterpret_cast<parent *>(p); } // expected-error {{'c' is not the first member}}
