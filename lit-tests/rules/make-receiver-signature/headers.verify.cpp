// A system header's receiver is not the user's code and silent by default; its macro, used in the user's class, is
// reported where it is used. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <their_receivers.h>

their_receiver *theirs;
struct mine {
  using receiver_concept = void;
  THEIR_MAKE(mine); // expected-warning {{'mine' is not an inlinable receiver: its make_receiver_for may throw}}
};
