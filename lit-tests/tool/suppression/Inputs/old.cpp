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
