// This library inlines everywhere; with SNUG_STORE_RECEIVERS=1 nothing is offered, and each level says so; a foreign
// sender keeps the receiver that it is handed. [exec.recv.concepts]/4-9.
// RUN: %verify_both %s --checks=inlining-did-not-happen
// RUN: %snug check %s --checks=inlining-did-not-happen -- -std=c++20 %include -DSNUG_STORE_RECEIVERS=1 | FileCheck %s --check-prefix=STORED
// RUN: %snug check %S/Inputs/foreign-sender.cpp --checks=inlining-did-not-happen -- -std=c++20 %include | FileCheck %s --check-prefix=FOREIGN
// expected-no-diagnostics
#include <snug/execution.hpp>

namespace ex = snug::execution;
int run() {
  auto [sum] = snug::this_thread::sync_wait(ex::when_all(ex::just(1), ex::just(2)) |
                                            ex::then([](int a, int b) { return a + b; }) |
                                            ex::let_value([](int &v) { return ex::just(v); }))
                   .value();
  return sum;
}
// STORED: just.hpp:{{.*}} warning: operation state '{{.*}}just_op<…>' stores 8 bytes of receiver {{.*}} it has no 'make_receiver_for'
// STORED: then.hpp:{{.*}} warning: operation state '{{.*}}then_op<…>' stores 8 bytes of receiver
// FOREIGN: foreign-sender.cpp:8:34: warning: operation state 'theirs::op<snug::execution::child_receiver<…>>' stores 8 bytes of receiver {{.*}}: the operation state does not derive from 'inlinable_operation_state'
// FOREIGN-NOT: warning
