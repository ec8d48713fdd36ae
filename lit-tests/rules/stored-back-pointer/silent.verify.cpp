// What looks like a back-pointer and is none, or cannot be proven to be one: each class fooled a simpler analysis.
// REQUIRES: plugin
// RUN: %verify_both %s --checks=stored-back-pointer -- -I%S/Inputs
// expected-no-diagnostics
#include "senders.h"

inline void *operator new(decltype(sizeof(0)), void *p) noexcept { return p; }

namespace copyable_encloser {
// A copy holds the address of the object it was copied from.
struct part {
  struct whole *up;
};
struct whole {
  part p;
  whole() : p{this} {}
};
whole w;
} // namespace copyable_encloser

namespace from_outside {
// The pointer may be that of any object of the class.
struct whole;
struct part {
  whole &other;
};
struct whole : immovable {
  part p;
  explicit whole(whole &o) : p{o} {}
};
void use(whole &a) { whole b(a); }
} // namespace from_outside

namespace mixed_constructors {
struct whole;
struct part {
  whole *const up;
};
struct whole : immovable {
  part p;
  whole() : p{this} {}
  explicit whole(whole *w) : p{w} {}
};
} // namespace mixed_constructors

namespace setter_without_caller {
struct whole;
struct part {
  whole *up = nullptr;
  void attach(whole *w) { up = w; }
};
struct whole : immovable {
  part p;
  whole() { p.up = this; }
};
} // namespace setter_without_caller

namespace written_again {
struct whole;
struct part {
  whole *current;
};
struct whole : immovable {
  part p;
  whole() : p{this} {}
  void select(whole *other) { p.current = other; }
};
} // namespace written_again

namespace address_escapes {
struct whole;
struct part {
  whole *current;
};
void change(whole *&);
struct whole : immovable {
  part p;
  whole() : p{this} {}
  void select() { change(p.current); }
};
} // namespace address_escapes

namespace assigned_on_the_way {
struct whole;
struct part {
  whole *up;
};
struct whole : immovable {
  part p;
  whole() : p{this} {}
};
void swap_parts(whole &a, whole &b) { a.p = b.p; }
} // namespace assigned_on_the_way

namespace written_into_another_object {
struct whole;
struct part {
  whole *up = nullptr;
};
struct whole : immovable {
  part p;
  explicit whole(whole &other) { other.p.up = this; }
};
} // namespace written_into_another_object

namespace through_a_loaded_pointer {
// `this->impl->start` is not rooted in `this`: a pointer was loaded on the way.
struct state {
  int n;
};
struct implementation {
  state s;
};
struct part {
  state &of;
};
struct whole : immovable {
  implementation *impl;
  state own;
  part p;
  explicit whole(implementation *i) : impl(i), own{0}, p{this->impl->s} {}
};
} // namespace through_a_loaded_pointer

namespace links {
struct node {
  node *next = this;
  node *prev = this;
};
struct hook : node {
  node *owner = this;
};
struct list : immovable {
  node head;
  hook h;
};
list l;
struct tree {
  struct leaf *root = nullptr;
};
struct leaf : tree {
  tree *parent = this;
};
leaf f;
} // namespace links

namespace iterators {
struct element {
  int n;
};
struct buffer : immovable {
  element elements[4];
  element *first = elements;
  element *last = elements;
  void push() { ++last; }
  void pop() { ++first; }
};
buffer b;
} // namespace iterators

namespace counters {
// Of the right type by accident: each state counts in the counter it is given.
struct counter {
  int n = 0;
};
struct client : immovable {
  counter own;
  counter &shared;
  explicit client(counter &c) : shared(c) {}
};
counter global;
client c(global);
} // namespace counters

namespace scalars {
struct text : immovable {
  char *begin = buffer;
  char buffer[16];
};
text t;
} // namespace scalars

namespace two_of_a_kind {
struct slot {
  int n;
};
struct cursor {
  slot *at;
};
struct ring : immovable {
  slot a, b;
  cursor c;
  explicit ring(bool first) : c{first ? &a : &b} {}
};
} // namespace two_of_a_kind

namespace receivers_without_an_operation_state {
struct whole;
struct receiver {
  using receiver_concept = void;
  whole *w;
};
struct whole {
  receiver r;
};
} // namespace receivers_without_an_operation_state

namespace receiver_from_outside {
// The state that the receiver leads to is its maker's, not the operation's own.
struct state {
  int n = 0;
};
struct receiver {
  using receiver_concept = void;
  state *s;
  void set_value(int) noexcept {}
};
struct operation : immovable {
  using operation_state_concept = void;
  state own;
  just_op<receiver> child;
  explicit operation(receiver r) : child(just{1}.connect(r)) {}
  void start() noexcept { child.start(); }
};
void run(state &elsewhere) { operation(receiver{&elsewhere}).start(); }
} // namespace receiver_from_outside

namespace only_sometimes {
// A pointer that may be null says something that the address does not.
struct whole;
struct part {
  void attach(whole *w) { up = w; }

private:
  whole *up = nullptr;
};
struct whole : immovable {
  part p;
  explicit whole(bool attached) {
    if (attached)
      p.attach(this);
  }
};
} // namespace only_sometimes

namespace through_a_pointer_to_member {
struct whole;
struct part {
  whole *up;
};
struct whole : immovable {
  part p;
  whole() : p{this} {}
  void set(whole *part::*member, whole *other) { p.*member = other; }
  void change(whole *other) { set(&part::up, other); }
};
} // namespace through_a_pointer_to_member

namespace through_a_virtual_call {
struct whole;
struct part {
  whole *const up;
};
struct source {
  virtual whole *get(whole *w) { return w; }
};
struct whole : immovable {
  part p;
  explicit whole(source &s) : p{s.get(this)} {}
};
void make(source &s) { whole w(s); }
} // namespace through_a_virtual_call

namespace receiver_as_large_as_the_bytes {
// The bytes hold what the union says, and no receiver, although one is among the template arguments and has their size.
template <class Child, unsigned N> union cell {
  cell() : child{} {}
  Child child;
  unsigned char fill[N];
};
template <unsigned N> struct storage : immovable {
  alignas(8) unsigned char bytes[N];
  template <class Child> void make() { ::new (static_cast<void *>(&bytes)) cell<Child, N>(); }
};
struct value_op {
  using operation_state_concept = void;
  long value = 1;
  void start() noexcept {}
};
struct whole;
struct receiver {
  using receiver_concept = void;
  whole *parent;
  void set_value(int) noexcept {}
  void set_stopped() noexcept {}
};
template <class Rcvr> struct operation : storage<sizeof(value_op)> {
  using operation_state_concept = void;
  operation() { this->template make<value_op>(); }
  void start() noexcept {}
};
static_assert(sizeof(operation<receiver>) == sizeof(receiver), "as large as the receiver");
struct whole : operation<receiver> {};
whole w;
} // namespace receiver_as_large_as_the_bytes
