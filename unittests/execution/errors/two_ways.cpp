// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes with values in two ways, for which sync_wait has no one result.
// first error: sync_wait: the sender must complete with values in exactly one way
// names: either
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct either {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_value_t()>;
};

int main() { snug::this_thread::sync_wait(either{}); }
