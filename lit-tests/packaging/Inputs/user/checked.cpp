// States a size and the loads of a function.
#include <snug/expect.hpp>

#ifdef BROKEN
#define SIZE 4
#else
#define SIZE 8
#endif
struct SNUG(size(SIZE)) op {
  long a;
};
SNUG(loads(1), chain(1)) long read(const op *o) { return o->a; }
