// RUN: true | FileCheck %s --check-prefixes=CHECK,OTHER
// CHECK-NXT: a
// CHEKC: b
int x; // expected-waring {{nothing}}
// CHECK: c
