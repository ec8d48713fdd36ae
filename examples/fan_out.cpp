// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Work that is spread over all threads of the machine and comes together again: by hand, in four parts that a pipeline
// of its own counts each, and by bulk, in as many parts as the threads like. No operation is allocated.
#include <snug/execution.hpp>

#include <atomic>
#include <cstdio>
#include <utility>

namespace ex = snug::execution;

bool is_prime(int n) noexcept {
  for (int factor = 2; factor * factor <= n; ++factor) {
    if (n % factor == 0) {
      return false;
    }
  }
  return n >= 2;
}

int primes_between(int begin, int end) noexcept {
  int count = 0;
  for (; begin < end; ++begin) {
    count += is_prime(begin) ? 1 : 0;
  }
  return count;
}

int main() {
  auto const threads = ex::get_parallel_scheduler();
  constexpr int limit = 200000;

  auto part = [&](int begin, int end) {
    return ex::starts_on(threads, ex::just(begin, end) | ex::then(primes_between));
  };
  auto by_hand = ex::when_all(part(0, limit / 4), part(limit / 4, limit / 2), part(limit / 2, limit / 4 * 3),
                              part(limit / 4 * 3, limit)) |
                 ex::then([](int a, int b, int c, int d) noexcept { return a + b + c + d; });
  auto [total] = *snug::this_thread::sync_wait(std::move(by_hand));

  std::atomic<int> sum = 0;
  snug::this_thread::sync_wait(
      ex::schedule(threads) |
      ex::bulk_chunked(ex::par, limit, [&](int begin, int end) noexcept { sum += primes_between(begin, end); }));

  std::printf("primes below %d: %d by hand, %d in bulk\n", limit, total, sum.load());
}
