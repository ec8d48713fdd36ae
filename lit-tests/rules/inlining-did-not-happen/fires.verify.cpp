// A receiver that could be made anew is stored: which condition of the protocol is missing, receiver by receiver.
// [exec.recv.concepts]/4-9.
// RUN: %verify_both %s --ignore-notes --checks=inlining-did-not-happen
namespace lib {
template <class Derived, class Receiver> struct inlinable_operation_state {
  using operation_state_concept = void;
  Receiver rcvr;
  inlinable_operation_state(inlinable_operation_state &&) = delete;
};
template <class Derived, class Receiver>
  requires requires(Derived *d) {
    { Receiver::make_receiver_for(d) } noexcept;
  }
struct inlinable_operation_state<Derived, Receiver> {
  using operation_state_concept = void;
  inlinable_operation_state(inlinable_operation_state &&) = delete;
};
} // namespace lib

struct parent_op {
  using operation_state_concept = void;
  parent_op(parent_op &&) = delete;
  int value;
};

struct good {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> static good make_receiver_for(Child *) noexcept;
};
struct not_static {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> not_static make_receiver_for(Child *) noexcept;
};
struct may_throw {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> static may_throw make_receiver_for(Child *);
};
struct by_reference {
  using receiver_concept = void;
  parent_op *op;
  template <class Child> static by_reference &make_receiver_for(Child *) noexcept;
};
struct for_others {
  using receiver_concept = void;
  parent_op *op;
  static for_others make_receiver_for(struct other_child *) noexcept;
};
struct offers_nothing {
  using receiver_concept = void;
  parent_op *op;
};

// The operation state of a library that knows no protocol: said once, at the template.
template <class Receiver> struct plain_op { // expected-warning {{operation state 'plain_op<good>' stores 8 bytes of receiver 'good', which was not inlined: the operation state does not derive from 'inlinable_operation_state', which asks for 'make_receiver_for' [snug-inlining-did-not-happen]}}
  using operation_state_concept = void;
  Receiver rcvr;
  plain_op(plain_op &&) = delete;
};
plain_op<good> *one();
static_assert(sizeof(plain_op<good>) == 8);
struct just_again {
  plain_op<good> child;
};

// In a wrapper.
template <class T> struct box {
  T value;
};
struct boxed_op { // expected-warning {{operation state 'boxed_op' stores 8 bytes of receiver 'good'}}
  using operation_state_concept = void;
  box<good> rcvr;
};

// The operation state asks.
struct asks_not_static : lib::inlinable_operation_state<asks_not_static, not_static> {}; // expected-warning {{operation state 'asks_not_static' stores 8 bytes of receiver 'not_static', which was not inlined: its 'make_receiver_for' is not static}}
struct asks_may_throw : lib::inlinable_operation_state<asks_may_throw, may_throw> {}; // expected-warning {{which was not inlined: its 'make_receiver_for' is not noexcept}}
struct plain_by_reference { // expected-warning {{which was not inlined: its 'make_receiver_for' does not return 'by_reference'}}
  using operation_state_concept = void;
  by_reference rcvr;
};
struct asks_for_others : lib::inlinable_operation_state<asks_for_others, for_others> {}; // expected-warning {{which was not inlined: its 'make_receiver_for' does not accept a pointer to this operation state}}
struct asks_in_vain : lib::inlinable_operation_state<asks_in_vain, offers_nothing> {}; // expected-warning {{operation state 'asks_in_vain' stores 8 bytes of receiver 'offers_nothing', which was not inlined: it has no 'make_receiver_for' that makes it from the address of its operation state}}

// Instantiations of one template have one reason, and what holds a child leaves it to be judged by itself.
struct good_too : good {
  template <class Child> static good_too make_receiver_for(Child *) noexcept;
};
static_assert(sizeof(plain_op<good_too>) == 8);
struct holds_a_child {
  using operation_state_concept = void;
  plain_op<good> child;
};
// The pointer to the parent may lie in a base of the receiver.
struct to_the_parent {
  parent_op *op;
};
struct derived_offers_nothing : to_the_parent {
  using receiver_concept = void;
};
struct asks_derived : lib::inlinable_operation_state<asks_derived, derived_offers_nothing> {}; // expected-warning {{operation state 'asks_derived' stores 8 bytes of receiver 'derived_offers_nothing', which was not inlined}}
