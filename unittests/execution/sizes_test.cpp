// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Holds the sizes that the headers state, in both receiver modes (x86-64, Itanium ABI).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

static_assert(sizeof(void *) == 8, "the sizes here are those of 64-bit targets");

// The first for inlined receivers, the second for stored ones.
[[maybe_unused]] auto op4(int a, int b, int c) {
  return ex::just(a, b, c) | ex::then([](int x, int y, int z) noexcept { return x + y + z; }) |
         ex::then([=](int x) noexcept { return x * b; }) | ex::then([=](int x) noexcept { return x + c; }) |
         ex::then([a](int x) noexcept { return a - x; });
}
static_assert(size_of_op<decltype(op4(1, 2, 3))> == either(24, 72));
static_assert(size_of_op<decltype(op4(1, 2, 3)), ignore_behind_pointer> == either(32, 80));

template <int Level> auto step(int c) {
  return ex::then([c](int x) noexcept { return (x ^ Level) + c; });
}
template <int Levels> auto chain(int const *v) {
  if constexpr (Levels == 0) {
    return ex::just(v[0]);
  } else {
    return chain<Levels - 1>(v) | step<Levels>(v[Levels]);
  }
}
template <int Levels> inline constexpr std::size_t size_of_chain = size_of_op<decltype(chain<Levels>(nullptr))>;

static_assert(size_of_chain<0> == 4);
static_assert(size_of_chain<1> == either(8, 24));
static_assert(size_of_chain<2> == either(12, 40));
static_assert(size_of_chain<4> == either(20, 72));
static_assert(size_of_chain<8> == either(36, 136));
static_assert(size_of_chain<16> == either(68, 264));
static_assert(size_of_chain<32> == either(132, 520));

struct same_function {
  int operator()(int x) const noexcept { return x + 1; }
};
template <int Levels> auto same_chain() {
  if constexpr (Levels == 0) {
    return ex::just(1);
  } else {
    return same_chain<Levels - 1>() | ex::then(same_function{});
  }
}
static_assert(size_of_op<decltype(same_chain<8>())> == either(4, 72));
static_assert(size_of_op<decltype(same_chain<32>())> == either(4, 264));

// The payload of P3425's tree is 24 bytes of captures, 32 bytes of queue nodes and 8 bytes of results.
[[maybe_unused]] auto branch(ex::scheduler auto sch, int const *v) {
  return ex::schedule(sch) | ex::then([a = v[0]]() noexcept { return a; }) |
         ex::then([b = v[1]](int x) noexcept { return x ^ b; }) |
         ex::then([c = v[2]](int x) noexcept { return x + c; });
}
[[maybe_unused]] auto tree(ex::scheduler auto sch, int const *v) {
  return ex::when_all(branch(sch, v), branch(sch, v + 3));
}
using tree_t = decltype(tree(std::declval<ex::run_loop::scheduler>(), nullptr));
static_assert(size_of_op<tree_t> == either(88, 168));
static_assert(size_of_op<tree_t, ignore_behind_pointer> == either(96, 176));

// The same on a thread pool.
using pool_tree_t = decltype(tree(std::declval<ex::static_thread_pool::scheduler>(), nullptr));
static_assert(size_of_op<pool_tree_t> == either(88, 168));

template <int... Values> auto all_just() { return ex::when_all(ex::just(Values)...); }
static_assert(size_of_op<decltype(all_just<1, 2>())> == either(20, 48));
static_assert(size_of_op<decltype(all_just<1, 2, 3, 4>())> == either(36, 88));
static_assert(size_of_op<decltype(all_just<1, 2, 3, 4, 5, 6, 7, 8>())> == either(68, 168));

[[maybe_unused]] auto inline_branch(int const *v) {
  ex::inline_scheduler const sch;
  return ex::schedule(sch) | ex::then([a = v[0]]() noexcept { return a; }) |
         ex::then([b = v[1]](int x) noexcept { return x ^ b; }) |
         ex::then([c = v[2]](int x) noexcept { return x + c; });
}
static_assert(size_of_op<decltype(ex::when_all(inline_branch(nullptr), inline_branch(nullptr)))> == either(36, 128));

// A when_all that can fail: a leaf and a value, 16 bytes of stop source, verdict and count, 8 bytes of results.
[[maybe_unused]] auto stop9b(int const *v) {
  return ex::when_all(polling{v[0]} | ex::then([a = v[0]](int x) noexcept { return x + a; }) |
                          ex::then([b = v[1]](int x) noexcept { return x ^ b; }) |
                          ex::then([c = v[2]](int x) noexcept { return x + c; }),
                      ex::just(v[3]));
}
static_assert(size_of_op<decltype(stop9b(nullptr))> == either(48, 104));

static_assert(size_of_op<decltype(ex::read_env(snug::get_stop_token))> == 1);
static_assert(size_of_op<decltype(ex::just())> == 1);
static_assert(size_of_op<ex::schedule_result_t<ex::run_loop::scheduler>> == 16);
static_assert(size_of_op<decltype(ex::when_all(ex::just(), ex::just()))> == either(1, 24));
static_assert(sizeof(ex::run_loop) == 16);
static_assert(size_of_op<ex::schedule_result_t<ex::static_thread_pool::scheduler>> == 16);
static_assert(sizeof(ex::static_thread_pool) == 8);

// Errors and values that must be destroyed cost what they are, and a flag each.
static_assert(size_of_op<decltype(ex::when_all(ex::just(std::string()), ex::just(1)))> ==
              either(2 * sizeof(std::string) + 16, 2 * sizeof(std::string) + 32));

TEST(Sizes, AreHeldAtCompileTime) { SUCCEED(); }

} // namespace
