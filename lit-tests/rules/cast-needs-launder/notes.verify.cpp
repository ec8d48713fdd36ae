// Every note: which bytes provide storage, and the fix, offered on the note and never applied by itself. [intro.object]/3.
// REQUIRES: plugin
// RUN: %verify_both %s
// RUN: not %clangxx -std=c++20 -fsyntax-only %plugin -fdiagnostics-parseable-fixits -Werror %s 2>&1 | FileCheck %s
#include <new>

struct tenant {
  int age;
};
struct house {
  alignas(tenant) unsigned char bytes[sizeof(tenant)]; // expected-note {{'bytes' provides storage; what is created in it is no subobject of it}}
};
tenant *out(house *h) {
  // expected-warning@+2 {{the 'tenant' lives in the bytes of 'bytes' but is not pointer-interconvertible with it; use std::launder [snug-cast-needs-launder]}}
  // expected-note@+1 {{wrap the cast: 'std::launder(…)' gives a pointer to the object that lives there}}
  return reinterpret_cast<tenant *>(&h->bytes);
}
// CHECK: fix-it:"{{.*}}notes.verify.cpp":{[[@LINE-2]]:10-[[@LINE-2]]:10}:"std::launder("
// CHECK: fix-it:"{{.*}}notes.verify.cpp":{[[@LINE-3]]:47-[[@LINE-3]]:47}:")"

void tenantArray(tenant *t) {
  using room = unsigned char[sizeof(tenant)];
  // expected-warning@+2 {{the 'tenant' lives in an array of bytes but is not pointer-interconvertible with the array; use std::launder}}
  // expected-note@+1 {{wrap the cast}}
  auto *array = reinterpret_cast<room *>(t);
  reinterpret_cast<house *>(array)->bytes[0] = 1;
}
