// The repair stands on the note, so that nothing applies it unasked; with it the finding goes away.
// [exec.opstate.general]/2.
// REQUIRES: plugin
// RUN: %clangxx -std=c++20 %plugin -fdiagnostics-parseable-fixits -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: sed 's/^struct op {$/struct op { op(op \&\&) = delete;/' %s > %t.cpp
// RUN: %snug check %t.cpp -- -std=c++20 | FileCheck %s --check-prefix=REPAIRED --allow-empty
// REPAIRED-NOT: warning
struct op {
  using operation_state_concept = void;
  explicit op(int) {}
};
// CHECK: fixit.sh.cpp:[[#@LINE-4]]:8: warning: operation state 'op' can be moved
// CHECK: fixit.sh.cpp:[[#@LINE-5]]:8: note: delete its move constructor
// CHECK: fix-it:"{{.*}}fixit.sh.cpp":{[[#@LINE-6]]:12-[[#@LINE-6]]:12}:"\n  op(op &&) = delete;"
