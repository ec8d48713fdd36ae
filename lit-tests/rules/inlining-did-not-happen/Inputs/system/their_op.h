// A library that stores every receiver.
template <class Receiver> struct their_op { // expected-note {{'their_op<mine>' is defined here}} expected-note {{derive it from inlinable_operation_state}}
  using operation_state_concept = void;
  explicit their_op(struct their_parent *p) : rcvr{p} {}
  their_op(their_op &&) = delete;
  Receiver rcvr; // expected-note {{'rcvr' of 'their_op<mine>' is where it is stored}}
};
struct their_receiver {
  using receiver_concept = void;
  struct their_parent *op;
  template <class Child> static their_receiver make_receiver_for(Child *) noexcept;
};
struct their_own_op {
  using operation_state_concept = void;
  their_receiver rcvr;
};
