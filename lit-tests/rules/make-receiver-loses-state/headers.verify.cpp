// A system header's receiver is not the user's code and silent by default; its macro, used in the user's class, is
// reported where it is used. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <their_receivers.h>

auto theirs = their_receiver::make_receiver_for;
struct mine {
  using receiver_concept = void;
  void *op;
  int index;
  THEIR_MAKE(mine) // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'mine' gives it a constant}}
};
