// Children that live in bytes: the classes that are created in them or that they are cast to, or template arguments of
// the same size, are looked into. Alternatives overlap, so that one offset counts once.
// REQUIRES: plugin
// RUN: %verify_both %s --checks=stored-back-pointer -- -I%S/Inputs
#include "senders.h"

using size_t = decltype(sizeof(0));
inline void *operator new(size_t, void *p) noexcept { return p; }

namespace created_in_the_constructor {
// The paper's helper: connect() creates the child in the bytes of a base of its parent.
template <class Parent, class Child> class child_operation_state {
public:
  struct receiver { // expected-note {{stores its receiver}}
    using receiver_concept = void;
    Parent *parent; // expected-note {{8 bytes at offset 0 hold 'parent', a pointer to the enclosing 'created_in_the_constructor::operation<just>'}}
    void set_value(int) noexcept { parent->complete(); }
    void set_stopped() noexcept {}
  };
  using child_op = operation_of<Child, receiver>;

protected:
  explicit child_operation_state(Child c) {
    ::new (static_cast<void *>(&storage)) child_op(c.connect(receiver{static_cast<Parent *>(this)}));
  }
  void start_child() noexcept { __builtin_launder(reinterpret_cast<child_op *>(&storage))->start(); }

private:
  alignas(child_op) unsigned char storage[sizeof(child_op)];
};

template <class Child>
struct operation // expected-warning {{operation state 'created_in_the_constructor::operation<just>' stores 1 back-pointer, 8 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 4}} \
                 // expected-note {{'parent' is redundant because 'created_in_the_constructor::child_operation_state<…>' is always a base of}}
    : immovable,
      child_operation_state<operation<Child>, Child> {
  using operation_state_concept = void;
  explicit operation(Child c) : child_operation_state<operation, Child>(c) {}
  void start() noexcept { this->start_child(); }
  void complete() noexcept {}
};
void run() {
  operation<just> op(just{1});
  op.start();
}
} // namespace created_in_the_constructor

namespace created_later_in_one_of_two_alternatives {
// Nobody casts these bytes where they are declared: construct() hides the placement new. The second child has the size
// of the first.
template <class T, class... Args> T *construct(void *place, Args... args) { return ::new (place) T(args...); }

template <class First, class Second> struct either {
  alignas(First) unsigned char bytes[sizeof(First)];
};

template <class Child> struct let_op : immovable { // expected-warning {{operation state 'created_later_in_one_of_two_alternatives::let_op<just>' stores 1 back-pointer, 8 bytes}} expected-note {{is 24 bytes; without its back-pointers it could be 8}}
  using operation_state_concept = void;
  template <int N> struct receiver { // expected-note {{stores its receiver}}
    using receiver_concept = void;
    let_op *op; // expected-note {{8 bytes at offset 8 hold 'op', a pointer to the enclosing 'created_later_in_one_of_two_alternatives::let_op<just>'}}
    void set_value(int) noexcept {}
    void set_stopped() noexcept {}
  };
  int argument;
  either<operation_of<Child, receiver<0>>, operation_of<Child, receiver<1>>> children; // expected-note {{'op' is most likely redundant because 'children' is a member of}}
  void start() noexcept {
    receiver<0> r{this};
    construct<operation_of<Child, receiver<0>>>(children.bytes, r, argument)->start();
  }
};
void run(let_op<just> &op) { op.start(); }
} // namespace created_later_in_one_of_two_alternatives

namespace alternatives_of_a_union {
struct whole;
struct first {
  whole *const up; // expected-note {{8 bytes at offset 0 hold 'up', a pointer to the enclosing 'alternatives_of_a_union::whole'}}
};
struct second {
  whole *const up; // the same 8 bytes
};
union both {
  first a;
  second b;
  explicit both(whole *w) : a{w} {}
};
struct whole : immovable { // expected-warning {{class 'alternatives_of_a_union::whole' stores 1 back-pointer, 8 bytes}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  both alternatives; // expected-note {{'up' is redundant because 'alternatives' is always a member}}
  whole() : alternatives(this) {}
};
} // namespace alternatives_of_a_union

namespace in_a_union_as_large_as_the_bytes {
// What lives there is the alternative with data. Nothing says how much smaller the bytes could be.
template <class Op, unsigned N> union cell {
  explicit cell(Op *op) : child{op} {}
  struct state {
    using operation_state_concept = void;
    struct receiver { // expected-note {{stores its receiver}}
      using receiver_concept = void;
      Op *parent; // expected-note {{8 bytes at offset 0 hold 'parent', a pointer to the enclosing 'in_a_union_as_large_as_the_bytes::operation'}}
      void set_value(int) noexcept {}
      void set_stopped() noexcept {}
    } rcvr;
    explicit state(Op *op) : rcvr{op} {}
    void start() noexcept {}
  } child;
  unsigned char fill[N];
};
struct operation : immovable { // expected-warning {{operation state 'in_a_union_as_large_as_the_bytes::operation' stores 1 back-pointer, 8 bytes}}
  using operation_state_concept = void;
  alignas(8) unsigned char storage[24]; // expected-note {{'parent' is redundant because 'in_a_union_as_large_as_the_bytes::cell<…>' is always in the bytes 'storage'}}
  operation() { ::new (static_cast<void *>(&storage)) cell<operation, 24>(this); }
  void start() noexcept {}
};
operation op;
} // namespace in_a_union_as_large_as_the_bytes

namespace text {
// Plain char holds text, whatever somebody casts it to.
struct whole;
struct part {
  whole *up;
};
struct whole : immovable {
  alignas(part) char name[sizeof(part)];
  whole() { ::new (static_cast<void *>(name)) part{this}; }
};
} // namespace text
