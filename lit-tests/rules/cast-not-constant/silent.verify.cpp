// Casts that a constant evaluation can go round, static casts, functions that promise nothing. [expr.const.core]/2.
// RUN: %verify_both %s --checks=cast-not-constant -- -std=c++23
// expected-no-diagnostics
#include <type_traits>

struct child {
  int value;
};
struct parent : child {
  int more;
};
struct slot {
  alignas(child) unsigned char bytes[sizeof(child)];
};

constexpr parent *byStaticCast(child *c) { return static_cast<parent *>(c); }
slot *noPromise(child *c) { return reinterpret_cast<slot *>(c); }

template <class T> constexpr T *byConsteval(child *c) {
  if consteval {
    return nullptr;
  } else {
    return reinterpret_cast<T *>(c);
  }
}
template <class T> constexpr T *byEarlyReturn(child *c) {
  if (std::is_constant_evaluated())
    return nullptr;
  return reinterpret_cast<T *>(c);
}
template <class T> constexpr T *byCondition(child *c) { return c ? reinterpret_cast<T *>(c) : nullptr; }
template <class T> constexpr bool byShortCircuit(child *c) { return c && reinterpret_cast<T *>(c); }
template <class T> constexpr int inALoop(child *c) {
  int n = 0;
  for (; c; c = nullptr)
    n += reinterpret_cast<T *>(c) != nullptr;
  return n;
}
template <class T> constexpr auto inALambda(child *c) {
  return [=] { return reinterpret_cast<T *>(c); };
}
template <class T> constexpr unsigned notEvaluated(child *) { return sizeof(*reinterpret_cast<T *>(0)); }
template <class T> constexpr T *neverInstantiated(child *c) {
  if constexpr (sizeof(T) > 1)
    return nullptr;
  else
    return reinterpret_cast<T *>(c);
}
template <class T> constexpr T *neitherIsThis(child *c) {
  if (std::is_constant_evaluated())
    return nullptr;
  return reinterpret_cast<T *>(c);
}

using four = int __attribute__((vector_size(16)));
using two = long __attribute__((vector_size(16)));
template <class T> constexpr two ofAVector(T v) { return (two)v; }
two v = ofAVector(four{});

child c;
slot *a[] = {byConsteval<slot>(&c), byEarlyReturn<slot>(&c), byCondition<slot>(&c), inALambda<slot>(&c)()};
int n = byShortCircuit<slot>(&c) + inALoop<slot>(&c) + static_cast<int>(notEvaluated<slot>(&c));
