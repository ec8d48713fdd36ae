// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that does not say how it completes.
// first error: the sender declares no completion signatures
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct silent {
  using sender_concept = ex::sender_tag;
};

int main() { snug::this_thread::sync_wait(ex::when_all(silent{}, ex::just(1))); }
