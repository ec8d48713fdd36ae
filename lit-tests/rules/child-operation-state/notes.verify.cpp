// Every precondition's reason, as the note that names it. P3425R1; [ptr.launder]/2.
// RUN: %verify_both %s --checks=child-operation-state,*launder*,first-member-not-first,interconvertible-*
#include <new>

struct child {
  int value = 0;
};
template <class Parent>
struct slot { // expected-note {{P4: 'slot<parent>' is not standard-layout, so it shares no address with 'storage' by the letter}}
  // expected-note@-1 {{P6: 12 bytes of 'slot<parent>' are not reachable through the 'child': 'slot<parent>' is 16 bytes, 'child' is 4 bytes}}
  struct receiver {
    Parent *op;
    int index; // expected-note {{P11: receiver 'slot<parent>::receiver' holds 'index', which is not recomputed from the child}}
    // expected-note@+2 {{P11: make_receiver_for of 'slot<parent>::receiver' is not static}}
    // expected-note@+1 {{P11: make_receiver_for of 'slot<parent>::receiver' may throw}}
    receiver make_receiver_for(child *c) {
      auto *self = reinterpret_cast<slot *>(c);
      // expected-error@+2 {{the step from child 'child' to parent 'parent' breaks preconditions P1, P2, P3, P4, P5, P6, P8, P9, P10 and P11 of a child in byte storage [snug-child-operation-state]}}
      // expected-note@+1 {{P5: no std::launder on the way from the 'child' to the bytes that it lives in: the pointer still points to the 'child'}}
      return {static_cast<Parent *>(self), 0};
    }
  };
  // expected-note@+2 {{P2: an array of 'char' does not provide storage; creating the child in it ends the lifetime of the 'slot<parent>'}}
  // expected-note@+1 {{P3: 'storage' has 2 bytes, 'child' needs 4 bytes}}
  char storage[2];
  slot() {
    ::new (static_cast<void *>(storage)) short; // expected-note {{P1: 'storage' holds a 'short', not a 'child'}}
    static_cast<Parent *>(this)->own = 1;       // expected-note {{P9: 'own' of the parent is used while base 'slot<parent>' is constructed: it is not constructed yet}}
  }
  virtual void f(); // expected-note {{because 'f' is virtual}}
};
struct parent : slot<parent> { // expected-note {{P10: 'parent' can be copied or moved, and the copy's child would not be where its parent looks for it; delete the move constructor of 'slot<parent>'}}
  int own = 0;
};
struct stranger : slot<parent> {}; // expected-note {{P8: 'stranger' derives from 'slot<parent>' but is no 'parent'}}
parent made;
auto use = &parent::receiver::make_receiver_for; // expected-note {{in instantiation of 'slot<parent>::receiver::make_receiver_for' requested here}}

struct tight {
  alignas(child) unsigned char storage[sizeof(child)]; // expected-note {{'memberless' is pointer-interconvertible with its member 'storage'}} expected-note {{'storage' provides storage}}
  tight() { ::new (static_cast<void *>(storage)) child; }
  tight(tight &&) = delete;
};
// expected-note@+1 {{keep 'memberless' to the array alone}}
struct alignas(16) memberless : tight {}; // expected-note 2 {{P6: 'memberless' is standard-layout, so all 16 bytes of it would be reachable through the 'child', which is 4 bytes; give it a data member}}
struct to_the_slot {
  memberless *op;
  static to_the_slot make_receiver_for(child *c) noexcept {
    auto *self = std::launder(reinterpret_cast<tight *>(c)); // expected-note {{P5: std::launder gives a 'tight', which is still under construction while the child is created; launder to the array type}}
    // expected-error@-1 {{std::launder may not reach the padding of 'memberless'}}
    // expected-note@-2 {{the argument points to the 'child', which is 4 bytes; the 'memberless' is 16 bytes}}
    return {static_cast<memberless *>(self)}; // expected-error {{breaks preconditions P5 and P6}} expected-note {{the result of std::launder becomes a pointer to the 'memberless' here}}
  }
};

struct to_a_byte {
  memberless *op;
  static to_a_byte make_receiver_for(child *c) noexcept {
    auto *byte = std::launder(reinterpret_cast<unsigned char *>(c)); // expected-note {{P5: std::launder gives a pointer to one byte, which is not pointer-interconvertible with its array; launder to the array type}}
    return {reinterpret_cast<memberless *>(byte)}; // expected-error {{breaks preconditions P5, P6 and P7}} expected-note {{P7: the cast skips the base 'tight': the way to 'memberless' is a static_cast from there}}
    // expected-warning@-1 {{the 'child' lives in the bytes of 'storage'}} expected-note@-1 {{wrap the cast}}
  }
};
