// Shares work out among threads: numbered pieces, handed out in small portions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_PORTIONS_H
#define SNUG_CHECKER_CORE_PORTIONS_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace snug {

/// What is left of `Count` pieces, taken `Size` neighbours at a time.
/// Threads: may be asked by several at a time.
class Portions {
public:
  Portions(std::size_t Count, std::size_t Size) : Count(Count), Size(Size) {}

  /// The next portion is [First, End); false when none is left.
  bool take(std::size_t &First, std::size_t &End) {
    First = Next.fetch_add(Size);
    End = std::min(Count, First + Size);
    return First < Count;
  }

private:
  const std::size_t Count, Size;
  std::atomic<std::size_t> Next = 0;
};

/// Calls `Work` on up to `Jobs` threads, of which this one is the first; each takes portions until none is left. What a thread
/// needs for itself lives in `Work`, what it finds out belongs to the piece: so the result does not depend on `Jobs`.
inline void shareOut(std::size_t Count, std::size_t PortionSize, unsigned Jobs,
                     llvm::function_ref<void(Portions &)> Work) {
  Portions All(Count, PortionSize);
  std::vector<std::thread> Others;
  for (unsigned N = 1; N < Jobs && N * PortionSize < Count; ++N)
    Others.emplace_back([&] { Work(All); });
  Work(All);
  for (std::thread &Other : Others)
    Other.join();
}

} // namespace snug

#endif
