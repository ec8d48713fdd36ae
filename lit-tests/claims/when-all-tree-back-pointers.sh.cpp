// CLAIM: the tree stores nine pointers to parent operation states, 72 bytes; eight of them are at a constant offset from
//   what they point to and need not be stored
// SOURCE: P3425, "Overheads" and "An Observation"
// VERDICT: reproduced (the ninth is the root's own receiver: redundant, too, once the root owns its operation)
// RUN: %snug check --checks=stored-back-pointer %s -- -std=c++20 %include -DSNUG_STORE_RECEIVERS=1 > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: operation state 'snug::execution::detail::when_all_op<…>' stores 8 back-pointers, 64 bytes,
// RUN: FileCheck %s --check-prefix=ROOT < %t.txt
// ROOT: class 'root' stores 9 back-pointers, 72 bytes,

// CLAIM: with inlined receivers no operation state of the tree stores a pointer to its parent
// SOURCE: P3425, "An Observation"
// VERDICT: reproduced (a root that owns its operation as every parent does stores none either)
// RUN: %snug check --checks=stored-back-pointer %s -- -std=c++20 %include -DOWNED 2> %t.inlined.txt
// RUN: FileCheck %s --check-prefix=MEASURED-2 < %t.inlined.txt
// MEASURED-2: 1 file, 0 findings
#include "Inputs/when_all_tree.hpp"

#ifdef OWNED
#include <snug/execution/child.hpp>

struct root;
struct the_tree {};
using tree_sender = decltype(ex::when_all(branch(scheduled{}, 0, 0, 0), branch(scheduled{}, 0, 0, 0)));

/// A root as sync_wait has it: the operation is a base, the receiver is made from its address.
struct root : ex::child_for<root, the_tree, ex::env<>, tree_sender> {
  using child = ex::child_for<root, the_tree, ex::env<>, tree_sender>;
  int sum = 0;
  explicit root(tree_sender &&sender) : child(static_cast<tree_sender &&>(sender)) {}
  void start() noexcept { child::start_child(); }
  void complete(the_tree, ex::set_value_t, int x, int y) noexcept { sum = x + y; }
  void complete(the_tree, ex::set_stopped_t) noexcept {}
  static ex::env<> get_env(the_tree, root &) noexcept { return {}; }
};
void run(root &r) { r.start(); }
root make(tree_sender sender) { return root(static_cast<tree_sender &&>(sender)); }
#else
struct root : root_state {
  tree op;
  root(ex::run_loop &loop, int const *v)
      : op(connect_tree(ex::schedule(loop.get_scheduler()), v, root_receiver{this})) {}
};
void run(root &r) { ex::start(r.op); }
#endif
