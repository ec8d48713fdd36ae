// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What must stay true is stated where it is true: the plugin holds the class and the function to it, GCC sees nothing.
#include <snug/expect.hpp>

#include <cstdio>

struct SNUG(size(24), align(8), back_pointers(0)) my_operation {
  void (*complete)(int) noexcept;
  long long deadline;
  int value;
  SNUG(offset(20)) int retries;
};

SNUG(loads(2), chain(1)) void start(my_operation &op) noexcept { op.complete(op.value); }

int main() {
  my_operation op{[](int value) noexcept { std::printf("completed with %d\n", value); }, 0, 42, 0};
  start(op);
}
