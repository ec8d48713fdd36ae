// The element type that is offered on the note provides storage: what it makes of the file is silent. [intro.object]/3.
// REQUIRES: plugin
// RUN: %clangxx -std=c++20 %plugin -fplugin-arg-snug-checks=storage-not-byte-array -fdiagnostics-parseable-fixits \
// RUN:   -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: sed 's/ char bytes/ unsigned char bytes/' %s > %t.cpp
// RUN: %snug check --checks=storage-not-byte-array %t.cpp -- -std=c++20 2>&1 | FileCheck %s --check-prefix=FIXED
#include <new>

struct tenant {
  int age;
};
struct text {
  alignas(tenant) char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
};
// CHECK: warning: an array of 'char' does not provide storage
// CHECK: fix-it:"{{.*}}fix-it.sh.cpp":{[[#@LINE-4]]:19-[[#@LINE-4]]:19}:"unsigned "
// FIXED: 1 file, 0 findings
