// Two findings that were there before anybody looked.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/expect.hpp>

namespace demo {
struct SNUG(size(4)) first {
  long a;
};
template <class T> struct SNUG(size(4)) second {
  T a;
};
} // namespace demo
demo::second<long> instance;
