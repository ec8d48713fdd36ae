// Why a receiver is stored: each part of inlinable_receiver that can be missing, [exec.recv.concepts], and an operation
// state that does not ask.
// REQUIRES: plugin
// RUN: %verify_both %s --checks=stored-back-pointer -- -I%S/Inputs
#include "senders.h"

template <class Derived, class Receiver> struct inlinable_operation_state : immovable {
  Receiver rcvr; // the fall-back
  explicit inlinable_operation_state(Receiver r) : rcvr(r) {}
};
template <class Receiver> struct asking_op : inlinable_operation_state<asking_op<Receiver>, Receiver> {
  using operation_state_concept = void;
  using inlinable_operation_state<asking_op, Receiver>::inlinable_operation_state;
  void start() noexcept { this->rcvr.set_value(); }
};
struct asking {
  template <class Receiver> asking_op<Receiver> connect(Receiver r) { return asking_op<Receiver>(r); }
};

template <class Receiver, class Child> struct parent : immovable {
  using operation_state_concept = void;
  operation_of<Child, Receiver> child;
  explicit parent(Child c) : child(c.connect(Receiver{static_cast<typename Receiver::parent_type *>(this)})) {}
  void start() noexcept { child.start(); }
};
template <class Parent> struct completes {
  using receiver_concept = void;
  using parent_type = Parent;
  void set_value(auto...) noexcept {}
  void set_stopped() noexcept {}
};


struct not_static_op;
struct not_static : completes<not_static_op> {
  not_static_op *op; // expected-note {{hold 'op', a pointer to the enclosing 'not_static_op'}}
  explicit not_static(not_static_op *o) : op(o) {}
  template <class Child> not_static make_receiver_for(Child *) noexcept; // expected-note {{because its 'make_receiver_for' is not static}}
};
struct not_static_op : parent<not_static, just> { // expected-warning {{operation state 'not_static_op' stores 1 back-pointer}} expected-note {{'op' is redundant}} expected-note {{is 24 bytes; without its back-pointers it could be 4}}
  using parent::parent;
};

struct throwing_op;
struct throwing : completes<throwing_op> {
  throwing_op *op; // expected-note {{hold 'op', a pointer to the enclosing 'throwing_op'}}
  explicit throwing(throwing_op *o) : op(o) {}
  template <class Child> static throwing make_receiver_for(Child *); // expected-note {{because its 'make_receiver_for' is not noexcept}}
};
struct throwing_op : parent<throwing, just> { // expected-warning {{operation state 'throwing_op' stores 1 back-pointer}} expected-note {{'op' is redundant}} expected-note {{is 24 bytes; without its back-pointers it could be 4}}
  using parent::parent;
};

struct other_type_op;
struct other_type : completes<other_type_op> {
  other_type_op *op; // expected-note {{hold 'op', a pointer to the enclosing 'other_type_op'}}
  explicit other_type(other_type_op *o) : op(o) {}
  template <class Child> static not_static make_receiver_for(Child *) noexcept; // expected-note {{because its 'make_receiver_for' does not return 'other_type'}}
};
struct other_type_op : parent<other_type, just> { // expected-warning {{operation state 'other_type_op' stores 1 back-pointer}} expected-note {{'op' is redundant}} expected-note {{is 24 bytes; without its back-pointers it could be 4}}
  using parent::parent;
};

struct unasked_op;
struct unasked : completes<unasked_op> {
  unasked_op *op; // expected-note {{hold 'op', a pointer to the enclosing 'unasked_op'}}
  explicit unasked(unasked_op *o) : op(o) {}
  template <class Child> static unasked make_receiver_for(Child *) noexcept;
};
struct unasked_op : parent<unasked, just> { // expected-warning {{operation state 'unasked_op' stores 1 back-pointer}} expected-note {{'op' is redundant}} expected-note {{is 24 bytes; without its back-pointers it could be 4}}
  using parent::parent;
};

struct refusing_op;
struct refusing : completes<refusing_op> {
  refusing_op *op; // expected-note {{hold 'op', a pointer to the enclosing 'refusing_op'}}
  explicit refusing(refusing_op *o) : op(o) {}
  static refusing make_receiver_for(int *) noexcept;
};
struct refusing_op : parent<refusing, asking> { // expected-warning {{operation state 'refusing_op' stores 1 back-pointer}} expected-note {{'op' is redundant}} expected-note {{is 16 bytes; without its back-pointers it could be 1}}
  using parent::parent;
};

// The obstacle of the last two is the operation state's, and stands there: an instantiation of a template that is fine
// with other receivers.
// expected-note@senders.h:21 {{'just_op<unasked>' stores its receiver 'unasked' because the operation state does not derive from 'inlinable_operation_state', which asks for 'make_receiver_for'}}
// expected-note@11 {{'asking_op<refusing>' stores its receiver 'refusing' because its 'make_receiver_for' does not accept a pointer to this operation state}}

void use() {
  not_static_op(just{1}).start();
  throwing_op(just{1}).start();
  other_type_op(just{1}).start();
  unasked_op(just{1}).start();
  refusing_op(asking{}).start();
}
