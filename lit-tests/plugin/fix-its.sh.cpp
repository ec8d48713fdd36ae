// Repairs reach Clang's own machinery: shown below the line and as parseable fix-its. They stand on the note, so that
// nothing applies them unasked. [ptr.launder]/2.
// REQUIRES: plugin
// RUN: %clangxx -std=c++20 %plugin -fdiagnostics-parseable-fixits -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: %snug check %s -- -std=c++20 | FileCheck %s --check-prefix=TOOL
struct child {
  int v;
};
struct slot {
  alignas(child) unsigned char bytes[sizeof(child)];
};
int get(slot *s) { return reinterpret_cast<child *>(s->bytes)->v; }
// CHECK: fix-its.sh.cpp:[[#@LINE-1]]:27: warning: {{.*}} [snug-cast-needs-launder]
// CHECK: fix-its.sh.cpp:[[#@LINE-2]]:27: note: wrap the cast: 'std::launder(…)'
// CHECK: fix-it:"{{.*}}fix-its.sh.cpp":{[[#@LINE-3]]:27-[[#@LINE-3]]:27}:"std::launder("
// CHECK-NEXT: fix-it:"{{.*}}fix-its.sh.cpp":{[[#@LINE-4]]:62-[[#@LINE-4]]:62}:")"
// TOOL: fix-its.sh.cpp:[[#@LINE-5]]:27: note: wrap the cast
// TOOL-NEXT: {{^}}   [[#@LINE-6]] | int get
// TOOL-NEXT: {{^}} | ^{{$}}
// TOOL-NEXT: {{^}} | std::launder( ){{$}}
