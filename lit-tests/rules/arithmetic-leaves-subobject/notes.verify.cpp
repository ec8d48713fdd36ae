// How far a pointer may go, and what to write. [expr.add]/4.
// RUN: %verify_both %s -- -Wno-array-bounds

struct child {
  int v;
};
struct parent {
  child c;       // expected-note {{for arithmetic a single object is an array of one element: a pointer to it may move to its end, and no further}}
  int values[4]; // expected-note {{a pointer to an element may move within its array and to its end; what lies behind it in the enclosing object is out of reach}}
  int rest;
};
child *a(parent *p) {
  // expected-error@+2 {{moves 2 elements from member 'c', which is not an array}}
  // expected-note@+1 {{name the neighbour that is meant, or make an array of them}}
  return &p->c + 2;
}
int *b(parent *p) {
  // expected-error@+2 {{moves 5 elements to index 5 of 'values', which has 4 elements}}
  // expected-note@+1 {{index the object that encloses the array, member by member}}
  return p->values + 5;
}
