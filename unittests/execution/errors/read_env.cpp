// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A query that the environment does not answer.
// first error: read_env: the environment of the receiver does not answer the query
#include <snug/execution.hpp>

int main() { snug::this_thread::sync_wait(snug::execution::read_env(snug::get_allocator)); }
