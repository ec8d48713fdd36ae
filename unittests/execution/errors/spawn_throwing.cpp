// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A callable that is not noexcept, and so an error that nobody would get.
// first error: spawn: nobody is there to take what the sender completes with
// names: exception_ptr
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  ex::simple_counting_scope scope;
  ex::spawn(ex::just() | ex::then([] {}), scope.get_token());
}
