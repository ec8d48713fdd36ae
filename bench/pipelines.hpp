// The pipelines that are measured, each beside the code a person would write by hand for the same job.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_BENCH_PIPELINES_HPP
#define SNUG_BENCH_PIPELINES_HPP

#include <snug/execution.hpp>

namespace bench {

namespace ex = snug::execution;

/// The result's way out: opaque, so that the work cannot be dropped.
inline void sink(int value) noexcept { asm volatile("" : : "r"(value)); }

/// Makes the compiler believe that somebody else has seen and changed `object`.
template <class T> void escape(T &object) noexcept { asm volatile("" : : "r"(&object) : "memory"); }

struct sink_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int value) && noexcept { sink(value); }
};

/// The inputs of every pipeline, read through a pointer so that nothing is folded.
struct inputs {
  int v[9] = {5, 2, 1, 2, 3, 4, 6, 7, 8};
};

// --- op4: P3425's example -------------------------------------------------------------------------------------------

inline auto op4_sender(inputs const &in) {
  int const offset = in.v[0], multiplier = in.v[1], a = in.v[2], b = in.v[3], c = in.v[4];
  return ex::then(ex::then(ex::then(ex::then(ex::just(a, b, c), [](int x, int y, int z) noexcept { return x + y + z; }),
                                    [=](int x) noexcept { return x * multiplier; }),
                           [=](int x) noexcept { return x + offset; }),
                  [a](int x) noexcept { return a - x; });
}

/// What connect would make by hand: the captured values, nothing else.
struct op4_by_hand {
  int a, b, c, multiplier, offset, minuend;
  explicit op4_by_hand(inputs const &in)
      : a(in.v[2]), b(in.v[3]), c(in.v[4]), multiplier(in.v[1]), offset(in.v[0]), minuend(in.v[2]) {}
  void start() noexcept { sink(minuend - ((a + b + c) * multiplier + offset)); }
};

// --- chain8: eight levels, one captured int each -------------------------------------------------------------------

template <int I> auto step(int c) {
  return [c](int x) noexcept { return (x ^ I) + c; };
}

template <int N> auto chain_sender(inputs const &in) {
  if constexpr (N == 0)
    return ex::just(in.v[0]);
  else
    return ex::then(chain_sender<N - 1>(in), step<N>(in.v[N]));
}

struct chain8_by_hand {
  int v[9];
  explicit chain8_by_hand(inputs const &in) {
    for (int i = 0; i != 9; ++i)
      v[i] = in.v[i];
  }
  void start() noexcept {
    int x = v[0];
    for (int i = 1; i != 9; ++i)
      x = (x ^ i) + v[i];
    sink(x);
  }
};

// --- when_all of two just ------------------------------------------------------------------------------------------

struct sum_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int a, int b) && noexcept { sink(a + b); }
};

inline auto when_all2_sender(inputs const &in) { return ex::when_all(ex::just(in.v[0]), ex::just(in.v[1])); }

/// By hand nobody would count arrivals that happen in order on one thread.
struct when_all2_by_hand {
  int a, b;
  explicit when_all2_by_hand(inputs const &in) : a(in.v[0]), b(in.v[1]) {}
  void start() noexcept { sink(a + b); }
};

/// By hand, for children that might finish anywhere: results put aside and an atomic count.
struct when_all2_by_hand_atomic {
  int a, b, result_a, result_b;
  unsigned pending = 2;
  explicit when_all2_by_hand_atomic(inputs const &in) : a(in.v[0]), b(in.v[1]) {}
  void arrive() noexcept {
    if (__atomic_fetch_sub(&pending, 1u, __ATOMIC_ACQ_REL) == 1)
      sink(result_a + result_b);
  }
  void start() noexcept {
    result_a = a;
    arrive();
    result_b = b;
    arrive();
  }
};

} // namespace bench

#endif
