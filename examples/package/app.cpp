// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// States what a request may cost: its size here, the loads of a function in its machine code.
#include <snug/expect.hpp>

#include <cstdio>

struct SNUG(size(16)) request {
  void (*complete)(int) noexcept;
  int value;
  int retries;
};

SNUG(loads(2), chain(1)) void start(request &r) noexcept { r.complete(r.value); }

int main() {
  request r{[](int value) noexcept { std::printf("completed with %d\n", value); }, 42, 0};
  start(r);
}
