// The enclosing object's address computed with integers: implementation-defined where pointer arithmetic is undefined, and
// worth a note. [expr.reinterpret.cast]/4-5.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>
#include <cstdint>

struct timer {
  long deadline;
};
struct wait_op {
  int waiters;
  timer child;
};

wait_op *up(timer *t) {
  return reinterpret_cast<wait_op *>(reinterpret_cast<std::uintptr_t>(t) - offsetof(wait_op, child)); // expected-remark {{the address of the enclosing 'wait_op' is computed from that of 'child' by way of an integer, and relies on the implementation-defined mapping between pointers and integers [snug-container-of-integer]}}
}
wait_op *cStyle(timer *t) {
  return (wait_op *)((std::intptr_t)t - (std::intptr_t)offsetof(wait_op, child)); // expected-remark {{by way of an integer}}
}
wait_op *named(timer *t) {
  constexpr std::size_t offset = offsetof(wait_op, child);
  auto address = reinterpret_cast<std::uintptr_t>(t);
  address -= 0;
  auto start = reinterpret_cast<std::uintptr_t>(t) - offset;
  return reinterpret_cast<wait_op *>(start); // expected-remark {{by way of an integer}}
}
wait_op *throughBytes(timer *t) {
  auto *start = reinterpret_cast<char *>(reinterpret_cast<std::uintptr_t>(t) - offsetof(wait_op, child));
  return reinterpret_cast<wait_op *>(start); // expected-remark {{by way of an integer}}
}
#define PARENT(type, member, pointer) ((type *)((std::uintptr_t)(pointer)-offsetof(type, member)))
wait_op *macro(timer *t) {
  return PARENT(wait_op, child, t); // expected-remark {{by way of an integer}}
}
template <class T>
T *dependent(timer *t) {
  return reinterpret_cast<T *>(reinterpret_cast<std::uintptr_t>(t) - offsetof(T, child)); // expected-remark {{the enclosing 'wait_op' is computed from that of 'child'}}
}
auto *instantiated(timer *t) { return dependent<wait_op>(t); }
