// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender whose result nobody would get.
// first error: spawn: nobody is there to take what the sender completes with
// names: set_value_t
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  ex::counting_scope scope;
  ex::spawn(ex::just(1), scope.get_token());
}
