// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The pipelines by which sender libraries are compared (docs/sizes.md): tests hold their sizes, benchmarks their cost.
#ifndef SNUG_BENCH_PEER_PIPELINES_HPP
#define SNUG_BENCH_PEER_PIPELINES_HPP

#include <snug/execution.hpp>

#include <utility>

namespace peers::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// --- receivers -----------------------------------------------------------------------------------------------------

struct empty_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto &&...) && noexcept {}
  void set_error(auto &&) && noexcept {}
  void set_stopped() && noexcept {}
};
struct pointer_receiver : empty_receiver {
  int *pointer;
};
// A stop token around the pipeline.
struct token_receiver : empty_receiver {
  struct env {
    snug::inplace_stop_token token;
    snug::inplace_stop_token query(snug::get_stop_token_t) const noexcept { return token; }
  };
  snug::inplace_stop_token token;
  env get_env() const noexcept { return {token}; }
};

// Started on a run_loop, to which `on` comes back.
struct loop_receiver : empty_receiver {
  struct env {
    ex::run_loop::scheduler home;
    ex::run_loop::scheduler query(ex::get_start_scheduler_t) const noexcept { return home; }
  };
  ex::run_loop::scheduler home;
  env get_env() const noexcept { return {home}; }
};

template <class Sndr, class Rcvr> using op = ex::connect_result_t<Sndr, Rcvr>;

// --- leaves --------------------------------------------------------------------------------------------------------

// Looks at its stop token when it is started.
template <class Rcvr> class asking_op : public ex::inlinable_operation_state<asking_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<asking_op, Rcvr>;

public:
  template <class Sndr> asking_op(Sndr const &, Rcvr rcvr) noexcept : receiver_base(std::move(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    if (snug::get_stop_token(ex::get_env(rcvr)).stop_requested()) {
      ex::set_stopped(std::move(rcvr));
    } else {
      ex::set_value(std::move(rcvr), 1);
    }
  }
};
struct asking {
  using sender_concept = ex::sender_tag;
  using in_place_self = asking;
  template <class, class Rcvr> using operation_for = asking_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
};

// --- pipelines -----------------------------------------------------------------------------------------------------

inline auto op4(int a, int b, int c, int multiplier, int offset) {
  return ex::then(ex::then(ex::then(ex::then(ex::just(a, b, c), [](int x, int y, int z) noexcept { return x + y + z; }),
                                    [=](int x) noexcept { return x * multiplier; }),
                           [=](int x) noexcept { return x + offset; }),
                  [a](int x) noexcept { return a - x; });
}

template <int I> auto step(int c) {
  return [c](int x) noexcept { return (x ^ I) + c; };
}
template <int N> auto chain(int const *v) {
  if constexpr (N == 0) {
    return ex::just(v[0]);
  } else {
    return ex::then(chain<N - 1>(v), step<N>(v[N]));
  }
}
template <int N> auto chain_without_captures(int const *v) {
  if constexpr (N == 0) {
    return ex::just(v[0]);
  } else {
    return ex::then(chain_without_captures<N - 1>(v), [](int x) noexcept { return (x ^ N) + N; });
  }
}

template <class Sch> auto branch(Sch sch, int const *v) {
  return ex::then(ex::then(ex::then(ex::schedule(sch), [a = v[0]]() noexcept { return a; }),
                           [b = v[1]](int x) noexcept { return x ^ b; }),
                  [c = v[2]](int x) noexcept { return x + c; });
}
template <class Sch> auto two_branches(Sch sch, int const *v) {
  return ex::when_all(branch(sch, v), branch(sch, v + 3));
}

inline auto let1(int const *v) {
  return ex::let_value(ex::just(v[0]), [b = v[1]](int &x) noexcept { return ex::just(x + b); });
}
inline auto let3(int const *v) {
  return ex::let_value(ex::just(v[0]), [b = v[1], c = v[2], d = v[3]](int &x) noexcept {
    return ex::let_value(ex::just(x + b), [c, d](int &y) noexcept {
      return ex::let_value(ex::just(y ^ c), [d](int &z) noexcept { return ex::just(z + d); });
    });
  });
}

inline auto both_upons(int const *v) {
  return ex::upon_stopped(ex::upon_error(ex::just(v[0]), [b = v[1]](auto) noexcept { return b; }),
                          [c = v[2]]() noexcept { return c; });
}
inline auto upon_error(int const *v) {
  return ex::upon_error(ex::just_error(v[0]), [b = v[1]](int x) noexcept { return x + b; });
}
inline auto let_error(int const *v) {
  return ex::let_error(ex::just_error(v[0]), [b = v[1]](int &x) noexcept { return ex::just(x + b); });
}
inline auto let_stopped(int const *v) {
  return ex::let_stopped(ex::just_stopped(), [b = v[0]]() noexcept { return ex::just(b); });
}
inline auto dead_let_error(int const *v) {
  return ex::let_error(ex::just(v[0]), [b = v[1]](auto &) noexcept { return ex::just(b); });
}
inline auto dead_let_stopped(int const *v) {
  return ex::let_stopped(ex::just(v[0]), [b = v[1]]() noexcept { return ex::just(b); });
}

template <class Sch> auto continues_on_just(Sch sch, int const *v) { return ex::continues_on(ex::just(v[0]), sch); }
template <class Sch> auto continues_on_scheduled(Sch sch, int const *v) {
  return ex::continues_on(ex::then(ex::schedule(sch), [a = v[0]]() noexcept { return a; }), sch);
}
template <class Sch> auto starts_on(Sch sch, int const *v) {
  return ex::starts_on(sch, ex::then(ex::just(v[0]), [b = v[1]](int x) noexcept { return x ^ b; }));
}
template <class Sch> auto on(Sch sch, int const *v) {
  return ex::on(sch, ex::then(ex::just(v[0]), [b = v[1]](int x) noexcept { return x ^ b; }));
}
inline auto bulk(int const *v) {
  return ex::bulk(ex::just(v[0]), ex::seq, 16, [b = v[1]](int, int &x) noexcept { x += b; });
}
inline auto into_variant(int const *v) { return ex::into_variant(ex::just(v[0])); }
template <int... Is> auto all_just(int const *v, std::integer_sequence<int, Is...>) {
  return ex::when_all(ex::just(v[Is])...);
}
template <int N> auto all_just(int const *v) { return all_just(v, std::make_integer_sequence<int, N>()); }
inline auto three_steps_over_asking(int const *v) {
  return ex::then(ex::then(ex::then(asking(), step<1>(v[0])), step<2>(v[1])), step<3>(v[2]));
}
inline auto stop9b(int const *v) { return ex::when_all(three_steps_over_asking(v), ex::just(v[3])); }

} // namespace peers::inline SNUG_ABI_NAMESPACE

#endif
