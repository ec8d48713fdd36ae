// Empty bases and static_cast, an empty first member of a standard-layout class, members that are not empty.
// [intro.object]/10, [basic.compound]/7.
// RUN: %verify_both %s --checks=no-unique-address-child
// expected-no-diagnostics

struct child {};
struct heir : child {
  int x;
};
heir *up(child *c) { return static_cast<heir *>(c); }

struct first {
  [[no_unique_address]] child c;
  int x;
};
first *upToTheFirst(child *c) { return reinterpret_cast<first *>(c); }
child *downToTheFirst(first *f) { return reinterpret_cast<child *>(f); }

struct either {
  [[no_unique_address]] child a;
  [[no_unique_address]] child b;
};
either *mayBeTheFirst(child *c) { return reinterpret_cast<either *>(c); }

struct wheel {
  int spokes;
};
struct cart {
  int horses;
  [[no_unique_address]] wheel left; // not empty: it is where it is
};
cart *notEmpty(wheel *w) { return reinterpret_cast<cart *>(w); } // first-member-not-first's

struct unmarked {
  int x;
  child c; // a byte of its own
};
unmarked *hasAnAddress(child *c) { return reinterpret_cast<unmarked *>(c); } // first-member-not-first's
child *address(first &f) { return &f.c; }
