// What a module states is checked where the module is built, and stays with what importers use; importing changes
// neither the code nor the findings.
// REQUIRES: plugin
// RUN: split-file %s %t
// RUN: %clangxx -O2 -std=c++20 %include %plugin --precompile %t/m.cppm -o %t/m.pcm
// RUN: %clangxx -O2 -std=c++20 %include %plugin -fmodule-file=m=%t/m.pcm -c %t/user.cpp -o %t/with.o
// RUN: %clangxx -O2 -std=c++20 %include --precompile %t/m.cppm -o %t/plain.pcm
// RUN: %clangxx -O2 -std=c++20 %include -fmodule-file=m=%t/plain.pcm -c %t/user.cpp -o %t/without.o
// RUN: llvm-objcopy --remove-section=.snug.facts %t/with.o %t/stripped.o
// RUN: llvm-objcopy %t/without.o %t/copied.o
// RUN: cmp %t/stripped.o %t/copied.o
// RUN: not %clangxx -std=c++20 %include %plugin -DWRONG --precompile %t/m.cppm -o %t/wrong.pcm 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MODULE
// MODULE: m.cppm:{{.*}}error: 'from_module' is 8 bytes; 4 bytes were stated
// RUN: not %clangxx -std=c++20 %include %plugin -fmodule-file=m=%t/m.pcm -DWRONG -fsyntax-only %t/user.cpp 2>&1 \
// RUN:   | FileCheck %s --check-prefix=USER --implicit-check-not=from_module
// USER: user.cpp:{{.*}}error: 'later' is 4 bytes; 3 bytes were stated
//--- m.cppm
module;
#include <snug/expect.hpp>
export module m;
#ifdef WRONG
export struct SNUG(size(4)) from_module {
  long a;
};
#else
export struct SNUG(size(8)) from_module {
  SNUG(offset(0)) long a;
};
#endif
export SNUG(loads(1)) inline int helper(const from_module &o) {
  SNUG(size(8)) long v = o.a;
  return static_cast<int>(v);
}
export template <class T> SNUG(loads(2)) T in_template(T t) {
  SNUG(size(8)) T v = t;
  return v;
}
//--- user.cpp
#include <snug/expect.hpp>
import m;
int user(const from_module &o) { return helper(o) + static_cast<int>(in_template(o.a)); }
#ifdef WRONG
struct SNUG(size(3)) later {
  int x;
};
#endif
