// Where every empty type occurs once, layout and letter agree; a class that is not standard-layout is another rule's.
// [intro.object]/10.
// RUN: %verify_both %s
// expected-no-diagnostics

struct policy {};
struct strict : policy {};
struct plain {
  strict mode;
};
plain *up(strict *s) { return reinterpret_cast<plain *>(s); }
strict *down(plain *p) { return reinterpret_cast<strict *>(p); }

template <class Tag>
struct tagged {};
struct a;
struct b;
struct mode : tagged<a> {};
struct lock : tagged<b> { // the repetition is broken by a tag
  mode first;
};
lock *up(mode *m) { return reinterpret_cast<lock *>(m); }

struct door : policy {
  int height;
  strict mode;
};
int *number(door *d) { return reinterpret_cast<int *>(d); }

union either {
  policy p;
  strict s;
};
either *ofUnion(strict *s) { return reinterpret_cast<either *>(s); }
door *fromAnywhere(void *p) { return static_cast<door *>(p); }
