// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A child that completes with values in two ways.
// first error: when_all: the sender completes with values in more than one way; into_variant joins them
// names: either
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct either {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_value_t()>;
};

int main() { snug::this_thread::sync_wait(ex::when_all(either{}, ex::just(1))); }
