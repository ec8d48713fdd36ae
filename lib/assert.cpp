// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a broken precondition says.
#include <snug/detail/assert.hpp>

#include <cstdio>
#include <cstdlib>

namespace snug::detail {

void assertion_failed(char const *sentence, char const *file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: snug: %s\n", file, line, sentence);
  std::abort();
}

} // namespace snug::detail
