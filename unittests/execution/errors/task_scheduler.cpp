// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler whose scheduling may fail.
// first error: task_scheduler: scheduling must not fail
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct fallible {
  using scheduler_concept = ex::scheduler_tag;
  static auto schedule() { return ex::just_error(3); }
  friend bool operator==(fallible, fallible) = default;
};

int main() { ex::task_scheduler{fallible()}; }
