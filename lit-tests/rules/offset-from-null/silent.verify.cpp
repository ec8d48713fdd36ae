// offsetof, unevaluated operands, registers at constant addresses, pointers that merely may be null. A container_of that
// starts from a hand-written offset is reported as that. [expr.ref].
// RUN: %verify_both %s --checks=offset-from-null
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>

struct parent {
  int x;
  int y;
};
std::size_t standard() { return offsetof(parent, y); }
std::size_t size() { return sizeof(((parent *)0)->y); }
using type = decltype(&((parent *)0)->y);
bool never = noexcept(((parent *)0)->y);

#define UART ((volatile parent *)0x40001000)
volatile int *status() { return &UART->y; }
std::uintptr_t forDma() { return (std::uintptr_t)&UART->y; }
int *mayBeNull(parent *p) { return &p->y; }
int *constantPointer() {
  static parent one;
  parent *const p = &one;
  return &p->y;
}
struct child {
  int v;
};
struct holder {
  int x;
  child c;
};
holder *reportedAsContainerOf(child *c) { return (holder *)((char *)c - (std::size_t)&((holder *)0)->c); }
