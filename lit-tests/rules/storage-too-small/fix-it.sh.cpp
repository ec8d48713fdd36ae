// The bound that is offered on the note is enough: what it makes of the file is silent. [basic.life]/2.
// REQUIRES: plugin
// RUN: not %clangxx -std=c++20 %plugin -fplugin-arg-snug-checks=storage-too-small -fdiagnostics-parseable-fixits \
// RUN:   -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: sed 's/bytes\[8\]/bytes[sizeof(home::tenant)]/' %s > %t.cpp
// RUN: %snug check --checks=storage-too-small %t.cpp -- -std=c++20 2>&1 | FileCheck %s --check-prefix=FIXED
#include <new>

namespace home {
struct tenant {
  long long age;
  int rooms;
};
} // namespace home
struct flat {
  alignas(home::tenant) unsigned char bytes[8];
  void let() { ::new (static_cast<void *>(bytes)) home::tenant{}; }
};
// CHECK: error: 'bytes' has 8 bytes, 'home::tenant' needs 16 bytes
// CHECK: fix-it:"{{.*}}fix-it.sh.cpp":{[[#@LINE-4]]:45-[[#@LINE-4]]:46}:"sizeof(home::tenant)"
// FIXED: 1 file, 0 findings
