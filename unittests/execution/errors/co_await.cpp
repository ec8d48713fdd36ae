// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A coroutine awaits a sender that completes with values in two ways.
// first error: co_await: the sender must complete with values in at most one way; into_variant() joins several
// names: two_ways
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct two_ways {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_value_t()>;
};

ex::task<> awaits() { co_await two_ways(); }
