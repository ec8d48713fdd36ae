// The repair stands on the finding itself and cures it: the file compiles and is silent. [basic.align]/1.
// REQUIRES: plugin
// RUN: not %clangxx -std=c++20 %plugin -fplugin-arg-snug-checks=storage-under-aligned -fdiagnostics-parseable-fixits \
// RUN:   -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: sed 's/^  unsigned char bytes/  alignas(home::tenant) unsigned char bytes/' %s > %t.cpp
// RUN: %snug check --checks=storage-under-aligned %t.cpp -- -std=c++20 2>&1 | FileCheck %s --check-prefix=FIXED
#include <new>

namespace home {
struct tenant {
  long long age;
};
} // namespace home
struct flat {
  char flag;
  unsigned char bytes[8];
  void let() { ::new (static_cast<void *>(bytes)) home::tenant{}; }
};
// CHECK: error: 'bytes' is aligned to 1 byte, 'home::tenant' needs 8 bytes
// CHECK: fix-it:"{{.*}}fix-it.sh.cpp":{[[#@LINE-4]]:3-[[#@LINE-4]]:3}:"alignas(home::tenant) "
// FIXED: 1 file, 0 findings
