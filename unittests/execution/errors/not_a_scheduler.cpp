// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The context where its scheduler is needed.
// first error: continues_on_t
// names: run_loop
#include <snug/execution.hpp>

namespace ex = snug::execution;

int main() {
  ex::run_loop loop;
  snug::this_thread::sync_wait(ex::just(1) | ex::continues_on(loop));
}
