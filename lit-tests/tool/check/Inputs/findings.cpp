// One broken promise (an error) and one answer that stays undecided.
#include <snug/expect.hpp>

struct SNUG(size(4)) broken {
  long a;
};
struct SNUG(back_pointers(0)) opaque {
  void *anything;
};
