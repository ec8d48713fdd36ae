// Every piece is handed out once, whatever the number of threads, and there are no more of these than portions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "core/Portions.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace snug {
namespace {

TEST(PortionsTest, HandOutEachPieceOnce) {
  for (std::size_t Count : {0, 1, 9, 10, 11, 100})
    for (unsigned Jobs : {0, 1, 2, 7}) {
      std::vector<std::atomic<int>> Taken(Count);
      shareOut(Count, 10, Jobs, [&](Portions &Left) {
        for (std::size_t First, End; Left.take(First, End);) {
          EXPECT_LE(End - First, 10u);
          for (std::size_t N = First; N != End; ++N)
            ++Taken[N];
        }
      });
      for (const std::atomic<int> &Times : Taken)
        EXPECT_EQ(Times, 1) << Count << " pieces, " << Jobs << " jobs";
    }
}

TEST(PortionsTest, AsManyThreadsAsPortionsAndAsked) {
  auto Threads = [](std::size_t Count, unsigned Jobs) {
    std::atomic<unsigned> Calls = 0;
    shareOut(Count, 10, Jobs, [&](Portions &) { ++Calls; });
    return Calls.load();
  };
  EXPECT_EQ(Threads(100, 0), 1u);
  EXPECT_EQ(Threads(100, 1), 1u);
  EXPECT_EQ(Threads(100, 3), 3u);
  EXPECT_EQ(Threads(20, 3), 2u);
  EXPECT_EQ(Threads(10, 3), 1u);
  EXPECT_EQ(Threads(0, 3), 1u);
}

} // namespace
} // namespace snug
