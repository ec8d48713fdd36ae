// Classes that are no operation states: proven back-pointers only. Each way in which a constructor can hand on its own
// address is one class. P3425R1 has the idea; nothing in it needs receivers.
// RUN: %verify_both %s -- -I%S/Inputs
#include "senders.h"

namespace reference_to_the_encloser {
struct window;
struct button {
  window &parent; // expected-note {{8 bytes at offset 8 hold 'parent', a reference to the enclosing 'reference_to_the_encloser::window'}}
  explicit button(window &w) : parent(w) {}
};
struct window : immovable { // expected-warning {{class 'reference_to_the_encloser::window' stores 1 back-pointer, 8 bytes, that its address already determines}} expected-note {{is 16 bytes; without its back-pointers it could be 4}}
  int width;
  button ok; // expected-note {{'parent' is redundant because 'ok' is always a member of 'reference_to_the_encloser::window', at offset 8}}
  window() : width(0), ok(*this) {}
};
} // namespace reference_to_the_encloser

namespace base_of_the_encloser {
struct listener {
  int events = 0;
};
struct source {
  listener *const target; // expected-note {{8 bytes at offset 8 hold 'target', a pointer to 'base_of_the_encloser::listener', a base of the enclosing 'base_of_the_encloser::widget'}}
};
struct widget : immovable, listener { // expected-warning {{stores 1 back-pointer, 8 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 4}}
  source from{this}; // expected-note {{'target' is redundant because 'from' is always a member of 'base_of_the_encloser::widget', at offset 8}}
};
widget w;
} // namespace base_of_the_encloser

namespace sibling {
struct state {
  int value = 0;
};
struct user {
  state *s; // expected-note {{8 bytes at offset 8 hold 's', a pointer to the 'sibling::state' at offset 4}}
  explicit user(state *p) : s(p) {}
};
struct pair : immovable { // expected-warning {{class 'sibling::pair' stores 1 back-pointer, 8 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 8}}
  int n = 0;
  state mine;
  user its; // expected-note {{'s' is redundant because 'its' is always a member of 'sibling::pair', at offset 8}}
  pair() : its(&mine) {}
};
} // namespace sibling

namespace through_calls {
struct owner;
struct part {
  owner *up; // expected-note {{8 bytes at offset 0 hold 'up', a pointer to the enclosing 'through_calls::owner'}}
};
template <class T> T *same(T &t) { return __builtin_addressof(t); }
part make(owner *const &o) { return part{o}; }
part forward(owner &o) {
  auto build = [&] { return make(same(o)); };
  return build();
}
struct owner : immovable { // expected-warning {{class 'through_calls::owner' stores 1 back-pointer}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  part p; // expected-note {{'up' is redundant because 'p' is always a member}}
  owner() : p(forward(*this)) {}
};
} // namespace through_calls

namespace setter_called_by_the_constructor {
struct engine;
struct valve {
  void attach(engine *e) { to = e; }
private:
  engine *to = nullptr; // expected-note {{8 bytes at offset 0 hold 'to', a pointer to the enclosing 'setter_called_by_the_constructor::engine'}}
};
struct engine : immovable { // expected-warning {{stores 1 back-pointer, 8 bytes}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  valve inlet; // expected-note {{'to' is redundant because 'inlet' is always a member}}
  engine() { inlet.attach(this); }
};
} // namespace setter_called_by_the_constructor

namespace delegating_constructor {
struct whole;
struct part {
  whole *const up; // expected-note {{8 bytes at offset 0 hold 'up', a pointer to the enclosing 'delegating_constructor::whole'}}
};
class whole : immovable { // expected-warning {{stores 1 back-pointer, 8 bytes}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  part p; // expected-note {{'up' is redundant because 'p' is always a member}}
  explicit whole(whole *self) : p{self} {}

public:
  whole() : whole(this) {}
};
} // namespace delegating_constructor

namespace inherited_constructor {
struct whole;
struct piece_base {
  whole &w; // expected-note {{8 bytes at offset 0 hold 'w', a reference to the enclosing 'inherited_constructor::whole'}}
  piece_base(whole &x) : w(x) {}
};
struct piece : piece_base {
  using piece_base::piece_base;
};
struct whole : immovable { // expected-warning {{stores 1 back-pointer, 8 bytes}} expected-note {{is 8 bytes; without its back-pointers it could be 1}}
  piece p; // expected-note {{'w' is redundant because 'p' is always a member}}
  whole() : p(*this) {}
};
} // namespace inherited_constructor

namespace array_elements {
struct table;
struct row {
  table *const of; // expected-note {{8 bytes at offset 0 hold 'of', a pointer to the enclosing 'array_elements::table'}} \
                   // expected-note {{8 bytes at offset 8 hold 'of', a pointer to the enclosing 'array_elements::table'}}
};
struct table : immovable { // expected-warning {{stores 2 back-pointers, 16 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 1}}
  row rows[2] = {{this}, {this}}; // expected-note 2 {{'of' is redundant because 'rows' is always a member}}
};
table t;
} // namespace array_elements

namespace curiously_recurring {
template <class Derived> struct with_part {
  struct part {
    Derived *const up; // expected-note {{8 bytes at offset 0 hold 'up', a pointer to the enclosing 'curiously_recurring::whole'}}
  };
  part p{static_cast<Derived *>(this)};
};
struct whole : immovable, with_part<whole> { // expected-warning {{stores 1 back-pointer, 8 bytes}} expected-note {{is 16 bytes; without its back-pointers it could be 4}} \
                                            // expected-note {{'up' is redundant because 'curiously_recurring::with_part<curiously_recurring::whole>' is always a base of 'curiously_recurring::whole', at offset 0}}
  int n = 0;
};
whole w;
} // namespace curiously_recurring
