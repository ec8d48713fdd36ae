// Somebody else's receivers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
struct child;
struct their_receiver {
  using receiver_concept = void;
  void *op;
  int index;
  static their_receiver make_receiver_for(child *c) noexcept { return {c, 0}; }
};
#define THEIR_MAKE(receiver) static receiver make_receiver_for(child *c) noexcept { return {c, 0}; }
