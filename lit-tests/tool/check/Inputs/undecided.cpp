// One answer that stays undecided, and nothing else.
#include <snug/expect.hpp>

struct SNUG(back_pointers(0)) opaque {
  void *anything;
};
