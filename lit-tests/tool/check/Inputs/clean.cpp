// Nothing to find.
#include <snug/expect.hpp>

struct SNUG(size(8)) fine {
  long a;
};
