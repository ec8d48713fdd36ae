// launder to a class whose constructor or destructor can be what calls it: directly, by a function, by the child that is
// created there, by its receiver. [ptr.launder]/2.
// RUN: %verify_both %s --checks=launder-enclosing-not-alive --ignore-notes
#include <memory>
#include <new>

struct tenant {
  int age;
};

struct direct {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  direct() {
    auto *t = ::new (static_cast<void *>(bytes)) tenant{1};
    auto *self = std::launder(reinterpret_cast<direct *>(t)); // expected-warning {{'direct' is still under construction here; launder to its array type instead [snug-launder-enclosing-not-alive]}}
    (void)self;
  }
};

struct by_a_function {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  by_a_function() { (void)of(::new (static_cast<void *>(bytes)) tenant{1}); }
  static by_a_function *of(tenant *t) {
    return std::launder(reinterpret_cast<by_a_function *>(t)); // expected-warning {{'by_a_function' is still under construction here}}
  }
};

struct by_the_destructor {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  ~by_the_destructor() { leave(of(std::launder(reinterpret_cast<tenant *>(bytes)))); }
  static void leave(by_the_destructor *);
  static by_the_destructor *of(tenant *t) {
    return std::launder(reinterpret_cast<by_the_destructor *>(t)); // expected-warning {{'by_the_destructor' is already under destruction here}}
  }
};

// The child's constructor asks for the receiver, which finds the slot.
template <class Slot>
struct receiver {
  Slot *slot;
  template <class Child>
  static receiver make_receiver_for(Child *c) noexcept {
    return {std::launder(reinterpret_cast<Slot *>(c))}; // expected-warning {{is still under construction here}}
  }
};
template <class Slot>
struct child {
  int environment;
  child() : environment(receiver<Slot>::make_receiver_for(this).slot != nullptr) {}
};
struct slot {
  alignas(child<slot>) unsigned char bytes[sizeof(child<slot>)];
  slot() { std::construct_at(reinterpret_cast<child<slot> *>(bytes)); }
};
slot s;
