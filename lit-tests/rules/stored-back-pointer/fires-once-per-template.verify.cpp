// Specialisations of one template are one finding, that of the largest waste; classes inside a reported class are not
// reported again; a class that only contains the tree has nothing to change.
// REQUIRES: plugin
// RUN: %verify_both %s -- -I%S/Inputs
#include "senders.h"

template <int Parts> struct whole;
template <int Parts> struct part {
  // expected-note@+3 {{8 bytes at offset 0 hold 'up', a pointer to the enclosing 'whole<3>'}}
  // expected-note@+2 {{8 bytes at offset 8 hold 'up', a pointer to the enclosing 'whole<3>'}}
  // expected-note@+1 {{8 bytes at offset 16 hold 'up', a pointer to the enclosing 'whole<3>'}}
  whole<Parts> *const up;
};
template <int Parts> struct whole : immovable { // expected-warning {{class 'whole<3>' stores 3 back-pointers, 24 bytes}} expected-note {{is 24 bytes; without its back-pointers it could be 1}} \
                                                // expected-note {{2 other specialisations of 'whole' store back-pointers too}}
  part<Parts> parts[Parts]; // expected-note 3 {{'up' is redundant because 'parts' is always a member of 'whole<3>', at offset 0}}
  whole() : parts{{this}, {this}, {this}} {}
};
template <> whole<1>::whole() : parts{{this}} {}
template <> whole<2>::whole() : parts{{this}, {this}} {}

struct application {
  whole<1> one;
  whole<2> two;
  whole<3> three;
};
application app;
