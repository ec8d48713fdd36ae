// The pipelines that are measured, each beside the code a person would write by hand for the same job.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_BENCH_PIPELINES_HPP
#define SNUG_BENCH_PIPELINES_HPP

#include "peer_pipelines.hpp"

#include <cstddef>

namespace bench {

namespace ex = snug::execution;

/// The result's way out: opaque, so that the work cannot be dropped.
inline void sink(int value) noexcept { asm volatile("" : : "r"(value)); }

/// Makes the compiler believe that somebody else has seen and changed `object`.
template <class T> void escape(T &object) noexcept { asm volatile("" : : "r"(&object) : "memory"); }

/// Sends the sum of the values to the sink, and nothing where there are none.
struct sink_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto... values) && noexcept { sink((values + ...)); }
  void set_error(auto &&) && noexcept {}
  void set_stopped() && noexcept { sink(-1); }
};

/// The inputs of every pipeline, read through a pointer so that nothing is folded.
struct inputs {
  int v[9] = {5, 2, 1, 2, 3, 4, 6, 7, 8};
};

// --- op4: P3425's example -------------------------------------------------------------------------------------------

inline auto op4_sender(inputs const &in) { return peers::op4(in.v[2], in.v[3], in.v[4], in.v[1], in.v[0]); }

/// What connect would make by hand: the captured values, nothing else.
struct op4_by_hand {
  int a, b, c, multiplier, offset, minuend;
  explicit op4_by_hand(inputs const &in)
      : a(in.v[2]), b(in.v[3]), c(in.v[4]), multiplier(in.v[1]), offset(in.v[0]), minuend(in.v[2]) {}
  void start() noexcept { sink(minuend - ((a + b + c) * multiplier + offset)); }
};

// --- chain8: eight levels, one captured int each -------------------------------------------------------------------

template <int N> auto chain_sender(inputs const &in) { return peers::chain<N>(in.v); }

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

// --- let_value, once and three times inside one another -------------------------------------------------------------

inline auto let1_sender(inputs const &in) { return peers::let1(in.v); }
inline auto let3_sender(inputs const &in) { return peers::let3(in.v); }

/// The value is kept where the second sender may refer to it; what that sends takes the place of the first operation.
struct let1_by_hand {
  int child, value, b;
  explicit let1_by_hand(inputs const &in) : child(in.v[0]), b(in.v[1]) {}
  void start() noexcept {
    value = child;
    child = value + b;
    sink(child);
  }
};
struct let3_by_hand {
  struct innermost {
    int child, value, d;
  };
  struct inner {
    union {
      int child;
      innermost second;
    };
    int value, c, d;
  };
  union {
    int child;
    inner second;
  };
  int value, b, c, d;
  explicit let3_by_hand(inputs const &in) : child(in.v[0]), b(in.v[1]), c(in.v[2]), d(in.v[3]) {}
  void start() noexcept {
    value = child;
    second = inner{{value + b}, 0, c, d};
    second.value = second.child;
    second.second = innermost{second.value ^ c, 0, second.d};
    second.second.value = second.second.child;
    second.second.child = second.second.value + second.second.d;
    sink(second.second.child);
  }
};
/// Nothing need be kept where a function sees the value and no sender does.
struct upon_error_by_hand {
  int x, b;
  explicit upon_error_by_hand(inputs const &in) : x(in.v[0]), b(in.v[1]) {}
  void start() noexcept { sink(x + b); }
};

inline auto let_error_sender(inputs const &in) { return peers::let_error(in.v); }
inline auto let_stopped_sender(inputs const &in) { return peers::let_stopped(in.v); }
inline auto upon_error_sender(inputs const &in) { return peers::upon_error(in.v); }

struct value_by_hand {
  int x;
  explicit value_by_hand(inputs const &in) : x(in.v[0]) {}
  void start() noexcept { sink(x); }
};

// --- schedulers that run where they are started ----------------------------------------------------------------------

inline auto continues_on_sender(inputs const &in) { return peers::continues_on_just(ex::inline_scheduler(), in.v); }
inline auto starts_on_sender(inputs const &in) { return peers::starts_on(ex::inline_scheduler(), in.v); }

struct starts_on_by_hand {
  int a, b;
  explicit starts_on_by_hand(inputs const &in) : a(in.v[0]), b(in.v[1]) {}
  void start() noexcept { sink(a ^ b); }
};

// --- bulk ------------------------------------------------------------------------------------------------------------

inline auto bulk_sender(inputs const &in) {
  return ex::bulk(ex::just(in.v[0]), ex::seq, 16, [b = in.v[1]](int i, int &x) noexcept { sink(x + b + i); });
}

struct bulk_by_hand {
  int x, b;
  explicit bulk_by_hand(inputs const &in) : x(in.v[0]), b(in.v[1]) {}
  void start() noexcept {
    for (int i = 0; i != 16; ++i)
      sink(x + b + i);
    sink(x);
  }
};

// --- when_all of several just ----------------------------------------------------------------------------------------

template <int N> auto when_all_sender(inputs const &in) { return peers::all_just<N>(in.v); }

/// By hand nobody would count arrivals that happen in order on one thread.
template <int N> struct when_all_by_hand {
  int v[N];
  explicit when_all_by_hand(inputs const &in) {
    for (int i = 0; i != N; ++i)
      v[i] = in.v[i];
  }
  void start() noexcept {
    int sum = 0;
    for (int x : v)
      sum += x;
    sink(sum);
  }
};

/// By hand, for children that might finish anywhere: results put aside and an atomic count.
template <int N> struct when_all_by_hand_atomic {
  int v[N];
  int results[N];
  unsigned pending = N;
  explicit when_all_by_hand_atomic(inputs const &in) {
    for (int i = 0; i != N; ++i)
      v[i] = in.v[i];
  }
  void arrive() noexcept {
    if (__atomic_fetch_sub(&pending, 1u, __ATOMIC_ACQ_REL) == 1) {
      int sum = 0;
      for (int x : results)
        sum += x;
      sink(sum);
    }
  }
  void start() noexcept {
    for (int i = 0; i != N; ++i) {
      results[i] = v[i];
      arrive();
    }
  }
};

inline auto branches_sender(inputs const &in) { return peers::two_branches(ex::inline_scheduler(), in.v); }

struct branches_by_hand_atomic {
  int v[6];
  int results[2];
  unsigned pending = 2;
  explicit branches_by_hand_atomic(inputs const &in) {
    for (int i = 0; i != 6; ++i)
      v[i] = in.v[i];
  }
  void arrive() noexcept {
    if (__atomic_fetch_sub(&pending, 1u, __ATOMIC_ACQ_REL) == 1)
      sink(results[0] + results[1]);
  }
  void start() noexcept {
    results[0] = (v[0] ^ v[1]) + v[2];
    arrive();
    results[1] = (v[3] ^ v[4]) + v[5];
    arrive();
  }
};

// --- when_all of a leaf that looks at its stop token, and just -------------------------------------------------------

inline auto stop9b_sender(inputs const &in) { return peers::stop9b(in.v); }

/// By hand: the flag that the leaf looks at, what became of the operation, a count, and both results.
struct stop9b_by_hand_atomic {
  int v[4];
  int results[2];
  bool stop_requested = false;
  unsigned char verdict = 0;
  unsigned char pending = 2;
  explicit stop9b_by_hand_atomic(inputs const &in) {
    for (int i = 0; i != 4; ++i)
      v[i] = in.v[i];
  }
  void arrive() noexcept {
    if (__atomic_fetch_sub(&pending, 1, __ATOMIC_ACQ_REL) == 1)
      sink(verdict == 0 ? results[0] + results[1] : -1);
  }
  void start() noexcept {
    if (__atomic_load_n(&stop_requested, __ATOMIC_ACQUIRE)) {
      __atomic_store_n(&verdict, 1, __ATOMIC_RELEASE);
    } else {
      int x = 1;
      for (int i = 0; i != 3; ++i)
        x = (x ^ (i + 1)) + v[i];
      results[0] = x;
    }
    arrive();
    results[1] = v[3];
    arrive();
  }
};

} // namespace bench

#endif
