// System headers are excluded, unless what they instantiate names a user's class: then the finding stands at that class.
// With --include-system-headers each is reported where it is.
// REQUIRES: plugin
// RUN: %verify_both %s -- -isystem %S/Inputs/system
// RUN: %snug check --checks=stored-back-pointer --include-system-headers %s -- -std=c++20 -isystem %S/Inputs/system \
// RUN:   | FileCheck %s
#include <foreign.h>

struct mine { // expected-warning {{class 'foreign::holder<mine>' stores 1 back-pointer, 8 bytes}}
  int n = 0;
};
foreign::holder<mine> h;
// expected-note@foreign.h:8 {{'foreign::holder<mine>' is defined here}}
// expected-note@foreign.h:8 {{is 16 bytes; without its back-pointers it could be 4}}
// expected-note@foreign.h:10 {{8 bytes at offset 8 hold 'value', a reference to the 'mine' at offset 0}}
// expected-note@foreign.h:14 {{'value' is redundant because 'r' is always a member of 'foreign::holder<mine>', at offset 8}}

// The library's own waste inside a user's class is not the user's to change.
struct user {
  foreign::holder<foreign::plain> inside;
};
user u;

// CHECK: foreign.h:8:{{.*}} warning: class 'foreign::holder<{{.*}}>' stores 1 back-pointer, 8 bytes
// CHECK: 1 other specialisation of 'holder' stores back-pointers too
