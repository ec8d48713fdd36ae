// A system header's receiver is not the user's code and silent by default; its concept, used in the user's receiver, is
// looked into. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <their_receivers.h>

their_receiver *theirs;
struct mine {
  using receiver_concept = void;
  template <their_child C> // expected-warning {{make_receiver_for of 'mine' needs the operation state to be complete in its constraints, and it may not be: 'their_child' asks for the whole class}}
  static mine make_receiver_for(C *) noexcept;
};
