// One function with other figures at each level.
#include <factor.hpp>
#ifndef summed_EXPORTS
#error a copy of a shared library is compiled as one
#endif
#ifdef __PIE__
#error the code of an executable is not that of a shared library
#endif
#if __cplusplus < 202002L
#error a copy is compiled with what the linked libraries ask for
#endif
// EXPECT: sum :: stores=0
// EXPECT-O0: sum :: frame_stores>=1 spills>=2
// EXPECT-O2: sum :: loads=2 frame_stores=0 spills=0 chain=1
// EXPECT-Os: sum :: instructions=1
// EXPECT-wrong: sum :: loads=1
extern "C" int sum(const int *a, const int *b) {
  const int first = *a, second = *b;
  return (first + second) * factor;
}
extern "C" int sum_by_hand(const int *a, const int *b) { return (*a + *b) * factor; }
