// constexpr, and yet never constant: the way from the child to the parent is a reinterpret_cast. [expr.const.core]/2.
// RUN: %verify_both %s --checks=cast-not-constant --ignore-notes
#include <new>

struct child {
  int value;
};
struct slot {
  alignas(child) unsigned char bytes[sizeof(child)];
};
using bytes = unsigned char[sizeof(child)];

template <class T = void> constexpr slot *up(child *c) {
  return reinterpret_cast<slot *>(                    // expected-remark {{'up' is constexpr, but can never be evaluated in a constant expression: it reaches a reinterpret_cast [snug-cast-not-constant]}}
      std::launder(reinterpret_cast<bytes *>(c)));    // expected-remark {{'up' is constexpr}}
}
slot *use(child *c) { return up(c); }

template <class Slot> struct receiver {
  Slot *parent;
  template <class Child> static constexpr receiver make_receiver_for(Child *c) noexcept {
    auto *s = reinterpret_cast<Slot *>(c); // expected-remark {{'make_receiver_for' is constexpr}}
    return {s};
  }
  constexpr explicit operator int *() const {
    if constexpr (sizeof(Slot) > 0)
      return (int *)parent->bytes; // expected-remark {{this function is constexpr, but can never be evaluated in a constant expression: this cast is a reinterpret_cast}}
    else
      return nullptr;
  }
};
auto r = receiver<slot>::make_receiver_for(static_cast<child *>(nullptr));
int *i = static_cast<int *>(r);

// Whoever instantiates it will be disappointed.
template <class T> constexpr T *notYetInstantiated(child *c) {
  return reinterpret_cast<T *>(c); // expected-remark {{'notYetInstantiated' is constexpr, but can never be evaluated in a constant expression: it reaches a reinterpret_cast}}
}
