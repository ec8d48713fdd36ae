// The child lives in bytes, since its type cannot be a base class. [class.pre]/5, [class.union.general]/4.
// RUN: %verify_both %s --ignore-notes --checks=child-cannot-be-base
#include <new>

template <class Child> struct slot {
  using room = unsigned char[sizeof(Child)];
  alignas(Child) room bytes;
  slot() { ::new (static_cast<void *>(&bytes)) Child(); }
};
template <class Child> struct parent : slot<Child> {
  int value;
  static parent *of(Child *c) {
    using room = typename slot<Child>::room;
    auto *s = reinterpret_cast<slot<Child> *>(std::launder(reinterpret_cast<room *>(c)));
    return &static_cast<parent &>(*s); // expected-remark {{is final and cannot be a base class; it lives in the bytes 'bytes' of 'slot<closed>' [snug-child-cannot-be-base]}}
  }
};
struct closed final {
  int v;
};
auto *a(closed *c) { return parent<closed>::of(c); }

union either {
  int i;
  float f;
};
struct slot_of_union {
  alignas(either) unsigned char bytes[sizeof(either)];
  slot_of_union() { ::new (bytes) either(); }
};
struct parent_of_union : slot_of_union {
  int value;
};
parent_of_union *of(either *e) {
  auto *s = reinterpret_cast<slot_of_union *>(std::launder(reinterpret_cast<unsigned char(*)[sizeof(either)]>(e)));
  return static_cast<parent_of_union *>(s); // expected-remark {{'either' is a union and cannot be a base class}}
}

struct root {
  int r;
};
struct has_virtual : virtual root {
  int v;
};
struct slot_of_virtual {
  alignas(has_virtual) unsigned char bytes[sizeof(has_virtual)];
  slot_of_virtual() { ::new (bytes) has_virtual(); }
};
struct parent_of_virtual : slot_of_virtual {
  int value;
};
parent_of_virtual *of(has_virtual *e) {
  auto *s = reinterpret_cast<slot_of_virtual *>(std::launder(reinterpret_cast<unsigned char(*)[sizeof(has_virtual)]>(e)));
  return static_cast<parent_of_virtual *>(s); // expected-remark {{'has_virtual' has the virtual base 'root', whose place in a parent is no property of the type}}
}
