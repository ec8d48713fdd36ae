// Pointer arithmetic that leaves the one object, or the array, that it starts in. [expr.add]/4.
// RUN: %verify_both %s --ignore-notes -- -Wno-array-bounds

struct child {
  int v;
};
struct base {
  long id;
};
struct parent : base {
  int head;
  child c;
  child d;
  int tail[4];
  int grid[2][3];
};
int *before(parent *p) {
  return &p->c.v - 1; // expected-error {{moves 1 element back from member 'v', which is not an array [snug-arithmetic-leaves-subobject]}}
}
child *next(parent *p) {
  return &p->c + 2; // expected-error {{moves 2 elements from member 'c', which is not an array}}
}
int *past(parent *p) {
  return p->tail + 5; // expected-error {{moves 5 elements to index 5 of 'tail', which has 4 elements}}
}
int *beforeTheArray(parent *p) {
  return p->tail - 1; // expected-error {{moves 1 element back to index -1 of 'tail', which has 4 elements}}
}
int beyondTheEnd(parent &p) {
  return p.tail[4]; // expected-error {{moves 4 elements to index 4 of 'tail', which has 4 elements}}
}
int *addressOfBeyond(parent &p) {
  return &p.tail[5]; // expected-error {{moves 5 elements to index 5 of 'tail'}}
}
int dereferenced(parent &p) {
  return *(p.tail + 4); // expected-error {{moves 4 elements to index 4 of 'tail'}}
}
int secondAsNeighbour(parent &p) {
  return (&p.c)[1].v; // expected-error {{moves 1 element from member 'c', which is not an array}}
}
int inSteps(parent &p) {
  int *third = &p.tail[2];
  int *fifth = third + 3; // expected-error {{moves 3 elements to index 5 of 'tail'}}
  return *fifth;
}
int rowToRow(parent &p) {
  return p.grid[0][3]; // expected-error {{moves 3 elements to index 3 of 'grid', which has 3 elements}}
}
base *pastABase(parent *p) {
  return static_cast<base *>(p) + 2; // expected-error {{moves 2 elements from the base 'base', which is not an array element}}
}
int *ofAVariable() {
  static int one;
  return &one + 2; // expected-error {{moves 2 elements from 'one', which is not an array}}
}
int *reversed(parent *p) {
  return 7 + p->tail; // expected-error {{moves 7 elements to index 7 of 'tail'}}
}
template <int N>
int *dependent(parent *p) {
  return p->tail + N; // expected-error {{moves 6 elements to index 6 of 'tail'}}
}
int *instantiated(parent *p) { return dependent<3>(p) + *dependent<6>(p); }
