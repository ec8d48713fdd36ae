// Where the compiler found an error there are no findings: nobody can judge a layout that was guessed.
// REQUIRES: plugin
// RUN: not %clangxx -std=c++20 %include %plugin -fsyntax-only %s 2>&1 | FileCheck %s
// CHECK: error: unknown type name 'undeclared'
// CHECK-NOT: snug-layout-expectation
#include <snug/expect.hpp>

struct SNUG(size(8)) broken {
  undeclared a;
  int b;
};
struct SNUG(size(8)) other {
  int b;
};
