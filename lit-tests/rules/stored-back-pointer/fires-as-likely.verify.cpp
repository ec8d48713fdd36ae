// Without proof: the operation state can be moved, or its constructor stands elsewhere. A receiver whose class fits
// exactly is reported all the same, and the note says "most likely". The same outside of a receiver is silent.
// REQUIRES: plugin
// RUN: %verify_both %s --checks=stored-back-pointer -- -I%S/Inputs
#include "senders.h"

namespace movable {
struct operation;
struct receiver { // expected-note {{because it has no 'make_receiver_for'}}
  using receiver_concept = void;
  operation *op; // expected-note {{hold 'op', a pointer to the enclosing 'movable::operation'}}
};
struct child {
  using operation_state_concept = void;
  receiver r;
};
struct operation { // expected-warning {{operation state 'movable::operation' stores 1 back-pointer, 8 bytes}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  using operation_state_concept = void;
  child c; // expected-note {{'op' is most likely redundant because 'c' is a member of 'movable::operation', at offset 0}}
};
} // namespace movable

namespace made_elsewhere {
struct operation;
struct receiver { // expected-note {{because it has no 'make_receiver_for'}}
  operation &op;  // expected-note {{hold 'op', a reference to the enclosing 'made_elsewhere::operation'}}
  void set_value() noexcept;
  void set_error(int) noexcept;
};
struct operation : immovable { // expected-warning {{operation state 'made_elsewhere::operation' stores 1 back-pointer, 8 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 1}}
  operation();
  void start() noexcept;
  struct child : immovable {
    explicit child(receiver);
    void start() noexcept;
    receiver r;
  } c; // expected-note {{'op' is most likely redundant because 'c' is a member of 'made_elsewhere::operation', at offset}}
};
} // namespace made_elsewhere

namespace no_receiver {
struct operation;
struct part {
  operation *op;
};
struct operation {
  using operation_state_concept = void;
  part p;
};
} // namespace no_receiver

namespace two_states {
// Which of the two is meant, the class does not say.
struct state {
  int n;
};
struct receiver {
  using receiver_concept = void;
  state *s;
};
struct operation {
  using operation_state_concept = void;
  state a, b;
  receiver r;
};
} // namespace two_states
