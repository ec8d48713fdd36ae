// The fix puts static_cast in the place of reinterpret_cast where that compiles: not where a class is incomplete or the base
// private. The fixed file is then clean. [expr.static.cast]/10.
// REQUIRES: plugin
// RUN: cp %s %t.cpp
// RUN: not %clangxx -std=c++20 -fsyntax-only %plugin -Wno-reinterpret-base-class -Xclang -fixit -Xclang -fix-what-you-can %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++20 -fsyntax-only %plugin -fplugin-arg-snug-checks=reinterpret-base-cast %t.cpp -DFIXED -Werror

struct engine {
  int power;
};
struct wheels {
  int count;
};
struct car : engine, wheels {};
// CHECK: {{^}}car *up(wheels *w) { return static_cast<car *>(w); }
car *up(wheels *w) { return reinterpret_cast<car *>(w); }
// CHECK: {{^}}const wheels &down(const car &c) { return static_cast<const wheels &>(c); }
const wheels &down(const car &c) { return reinterpret_cast<const wheels &>(c); }
#ifndef FIXED
class secret : engine, wheels {};
// CHECK: {{^}}secret *closed(wheels *w) { return reinterpret_cast<secret *>(w); }
secret *closed(wheels *w) { return reinterpret_cast<secret *>(w); }
struct later;
// CHECK: {{^}}later *open(wheels *w) { return reinterpret_cast<later *>(w); }
later *open(wheels *w) { return reinterpret_cast<later *>(w); }
struct later : engine, wheels {};
#endif
