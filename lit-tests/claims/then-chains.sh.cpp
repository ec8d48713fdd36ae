// CLAIM: the optimisation saves a pointer for every operation state that is a subobject
// SOURCE: P3425, "An Observation"
// VERDICT: reproduced (and nothing else is added: chains of N captured ints are N + 1 ints)
// RUN: %compile %s -o %t.inlined -DMODE='"inlined"' && %t.inlined > %t.txt
// RUN: %compile %s -o %t.stored -DMODE='"stored"' -DSNUG_STORE_RECEIVERS=1 && %t.stored >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: chains of 1, 2, 4, 8, 16, 32, inlined: 8 12 20 36 68 132 bytes
// MEASURED: eight levels of one empty callable over an int, inlined: 4 bytes
// MEASURED: chains of 1, 2, 4, 8, 16, 32, stored: 24 40 72 136 264 520 bytes
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

template <int I> auto step(int c) {
  return [c](int x) noexcept { return (x ^ I) + c; };
}
template <int N> auto chain() {
  if constexpr (N == 0)
    return ex::just(0);
  else
    return ex::then(chain<N - 1>(), step<N>(N));
}
struct add_one {
  int operator()(int x) const noexcept { return x + 1; }
};
template <int N> auto same() {
  if constexpr (N == 0)
    return ex::just(0);
  else
    return ex::then(same<N - 1>(), add_one{});
}
struct int_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};
template <int N> constexpr auto chain_size = sizeof(ex::connect_result_t<decltype(chain<N>()), int_receiver>);

int main() {
  std::printf("chains of 1, 2, 4, 8, 16, 32, %s: %zu %zu %zu %zu %zu %zu bytes\n", MODE, chain_size<1>, chain_size<2>,
              chain_size<4>, chain_size<8>, chain_size<16>, chain_size<32>);
  std::printf("eight levels of one empty callable over an int, %s: %zu bytes\n", MODE,
              sizeof(ex::connect_result_t<decltype(same<8>()), int_receiver>));
}
