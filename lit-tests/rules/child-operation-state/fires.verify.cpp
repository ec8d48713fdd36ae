// One look-alike per precondition, each broken in one way only; what other rules find in them stands beside.
// P3425R1; [ptr.launder]/2, [basic.compound]/7, [expr.static.cast]/10.
// RUN: %verify_both %s --ignore-notes --checks=child-operation-state,*launder*,first-member-not-first,interconvertible-*
#include <cstddef>
#include <new>

struct child {
  int value = 0;
  child() = default;
  child(child &&) = delete;
};
using bytes_of_child = unsigned char[sizeof(child)];

namespace p1 {
struct impostor : child {};
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) impostor; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{the step from child 'child' to parent 'p1::parent' breaks precondition P1 of a child in byte storage [snug-child-operation-state]}}
  }
};
} // namespace p1

namespace p1_two_slots {
template <int Tag>
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot<0>, slot<1> {};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot<0> *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{breaks precondition P1}}
  }
};
auto made = slot<1>(); // both slots are instantiated
} // namespace p1_two_slots

namespace p2 {
using characters = char[sizeof(child)];
struct slot {
  alignas(child) characters storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<characters *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-warning {{breaks precondition P2}}
  }
};
} // namespace p2

namespace p2_words {
using words = int[sizeof(child) / sizeof(int)];
struct slot {
  alignas(child) words storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<words *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{breaks precondition P2}}
  }
};
} // namespace p2_words

namespace p3_under_aligned {
struct slot {
  bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{breaks precondition P3}}
  }
};
} // namespace p3_under_aligned

namespace p4_not_first {
struct alignas(child) slot {
  char before[sizeof(child)];
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot *>(bytes); // expected-error {{'storage' is not the first member of 'p4_not_first::slot' (that is 'before')}}
    return {static_cast<parent *>(self)};         // expected-error {{breaks preconditions P4 and P6}}
  }
};
} // namespace p4_not_first

namespace p5_no_launder {
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *self = reinterpret_cast<slot *>(c); // expected-warning {{the 'child' lives in the bytes of 'storage'}}
    return {static_cast<parent *>(self)};     // expected-warning {{breaks precondition P5}}
  }
};
struct launders_to_the_slot {
  parent *op;
  static launders_to_the_slot make_receiver_for(child *c) noexcept {
    auto *self = std::launder(reinterpret_cast<slot *>(c));
    return {static_cast<parent *>(self)}; // expected-warning {{breaks precondition P5}}
  }
};
struct launders_to_a_byte {
  parent *op;
  static launders_to_a_byte make_receiver_for(child *c) noexcept {
    auto *byte = std::launder(reinterpret_cast<unsigned char *>(c));
    auto *self = reinterpret_cast<slot *>(byte); // expected-warning {{the 'child' lives in the bytes of 'storage'}}
    return {static_cast<parent *>(self)};        // expected-warning {{breaks precondition P5}}
  }
};
struct skips_the_slot {
  parent *op;
  static skips_the_slot make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    return {reinterpret_cast<parent *>(bytes)}; // expected-error {{breaks precondition P7}} expected-warning {{'p5_no_launder::parent' is not pointer-interconvertible with its first member 'storage'}}
  }
};
} // namespace p5_no_launder

namespace p6_more_in_the_slot {
struct slot {
  alignas(child) bytes_of_child storage;
  bool done = false;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c)); // expected-error {{std::launder may not reach 'done'}}
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{breaks precondition P6}}
  }
};
} // namespace p6_more_in_the_slot

namespace p6_memberless_parent {
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct alignas(64) parent : slot {};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c)); // expected-error {{std::launder may not reach the padding of 'p6_memberless_parent::parent'}}
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-error {{breaks precondition P6}}
  }
};
} // namespace p6_memberless_parent

namespace p8 {
template <class Parent>
struct slot {
  struct receiver {
    Parent *op;
    static receiver make_receiver_for(child *c) noexcept {
      auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
      auto *self = reinterpret_cast<slot *>(bytes);
      return {static_cast<Parent *>(self)}; // expected-error {{the step from child 'child' to parent 'p8::parent' breaks precondition P8}}
    }
  };
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot<parent> {
  int own = 0;
};
struct stranger : slot<parent> {};
auto use = &parent::receiver::make_receiver_for;
} // namespace p8

namespace p9 {
template <class Parent>
struct slot {
  struct receiver {
    Parent *op;
    static receiver make_receiver_for(child *c) noexcept {
      auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
      auto *self = reinterpret_cast<slot *>(bytes);
      return {static_cast<Parent *>(self)}; // expected-warning {{breaks precondition P9}}
    }
  };
  alignas(child) bytes_of_child storage;
  slot() {
    ::new (static_cast<void *>(storage)) child;
    static_cast<Parent *>(this)->own = 1;
  }
  slot(slot &&) = delete;
};
struct parent : slot<parent> {
  int own = 0;
};
auto use = &parent::receiver::make_receiver_for;
parent made;
} // namespace p9

namespace p10 {
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  static receiver make_receiver_for(child *c) noexcept {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self)}; // expected-warning {{breaks precondition P10}}
  }
};
} // namespace p10

namespace p11 {
struct slot {
  alignas(child) bytes_of_child storage;
  slot() { ::new (static_cast<void *>(storage)) child; }
  slot(slot &&) = delete;
};
struct parent : slot {
  int own = 0;
};
struct receiver {
  parent *op;
  int index;
  static receiver make_receiver_for(child *c) {
    auto *bytes = std::launder(reinterpret_cast<bytes_of_child *>(c));
    auto *self = reinterpret_cast<slot *>(bytes);
    return {static_cast<parent *>(self), 0}; // expected-warning {{breaks precondition P11}}
  }
};
} // namespace p11
