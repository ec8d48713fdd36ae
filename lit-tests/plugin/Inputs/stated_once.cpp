// One promise, kept.
#include <snug/expect.hpp>

struct SNUG(size(8)) op {
  long a;
};
SNUG(loads(1)) long read(const op &o) { return o.a; }
