// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The scope where its token is needed.
// first error: associate_t
// names: scope_token
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  ex::counting_scope scope;
  (void)ex::associate(ex::just(1), scope);
}
