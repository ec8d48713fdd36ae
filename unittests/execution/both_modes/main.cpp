// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs both halves, with one stop source between them, and compares.
#include "pipeline.hpp"

#include <cstdio>

int main() {
  snug::inplace_stop_source source;
  answer const inlined = run_inlined(source.get_token());
  answer const stored = run_stored(source.get_token());
  std::printf("inlined: %d in %zu bytes; stored: %d in %zu bytes\n", inlined.value, inlined.size, stored.value,
              stored.size);
  source.request_stop();
  bool const stopped = run_inlined(source.get_token()).value == -1 && run_stored(source.get_token()).value == -1;
  return inlined.value == 19 && stored.value == 19 && inlined.size < stored.size && stopped ? 0 : 1;
}
