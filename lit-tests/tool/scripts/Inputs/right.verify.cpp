// RUN: true | FileCheck %s
// CHECK-NEXT: a
int x; // expected-warning {{something}}
