// Pairs, one in the other; words that only begin alike; other checkers' comments. [lex.comment]/1.
// RUN: %verify_both %s "--without=clang-tidy:it speaks of other checkers' comments, too" --ignore-notes

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};

// NOLINTBEGIN(snug-first-member-not-first)
parent *a(child *p) { return reinterpret_cast<parent *>(p); }
// NOLINTBEGIN
parent *b(child *p) { return reinterpret_cast<parent *>(p); }
// NOLINTEND
parent *c(child *p) { return reinterpret_cast<parent *>(p); }
// NOLINTEND(snug-first-member-not-first)

// NOLINTBEGIN(bugprone-*)
parent *loud(child *p) { return reinterpret_cast<parent *>(p); } // expected-error {{'c' is not the first member}}
// NOLINTENDS and NOLINTBEGINNING are words of nobody.
