// Round trips, tag bits, alignment, addresses of registers, offsets of other classes, additions. [expr.reinterpret.cast]/5.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>

struct timer {
  long deadline;
};
struct wait_op {
  int waiters;
  timer child;
};
struct other {
  int a, b;
};
timer *same(timer *t) { return reinterpret_cast<timer *>(reinterpret_cast<std::uintptr_t>(t)); }
timer *untagged(timer *t) { return reinterpret_cast<timer *>(reinterpret_cast<std::uintptr_t>(t) & ~std::uintptr_t(7)); }
timer *tagged(timer *t) { return reinterpret_cast<timer *>(reinterpret_cast<std::uintptr_t>(t) | 1); }
timer *withoutTag(timer *t) { return reinterpret_cast<timer *>(reinterpret_cast<std::uintptr_t>(t) - 1); }
wait_op *page(timer *t) { return reinterpret_cast<wait_op *>(reinterpret_cast<std::uintptr_t>(t) / 4096 * 4096); }
wait_op *device() { return reinterpret_cast<wait_op *>(std::uintptr_t(0x40001000)); }
timer *down(wait_op *w) { return reinterpret_cast<timer *>(reinterpret_cast<std::uintptr_t>(w) + offsetof(wait_op, child)); }
wait_op *unrelated(timer *t) { return reinterpret_cast<wait_op *>(reinterpret_cast<std::uintptr_t>(t) - offsetof(other, b)); }
wait_op *fromANumber(std::uintptr_t number) { return reinterpret_cast<wait_op *>(number - offsetof(wait_op, child)); }
wait_op *fromBytes(char *p) { return reinterpret_cast<wait_op *>(reinterpret_cast<std::uintptr_t>(p) - offsetof(wait_op, child)); }
