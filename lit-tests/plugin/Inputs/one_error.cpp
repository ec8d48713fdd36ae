// One broken promise (an error), one cast that a rule warns about, one answer that stays undecided.
#include <snug/expect.hpp>

struct SNUG(size(4)) broken {
  long a;
};
struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
parent *up(child *p) {
  return reinterpret_cast<parent *>(reinterpret_cast<unsigned char *>(p) - __builtin_offsetof(parent, c));
}
struct SNUG(back_pointers(0)) opaque {
  void *anything;
};
