// A foreign operation state around the user's receiver is the user's finding, reported at the receiver's class.
// [exec.recv.concepts]/4-9.
// RUN: %verify_both %s --checks=inlining-did-not-happen -- -isystem %S/Inputs/system
struct mine { // expected-warning {{operation state 'their_op<mine>' stores 8 bytes of receiver 'mine', which was not inlined: the operation state does not derive from 'inlinable_operation_state'}}
  using receiver_concept = void;
  struct their_parent *op;
  template <class Child> static mine make_receiver_for(Child *) noexcept;
};
#include <their_op.h> // #include
their_op<mine> op(nullptr);
their_own_op theirs;
