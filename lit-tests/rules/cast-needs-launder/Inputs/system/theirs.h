// Somebody else's code with the pattern in it, once as a function and once as a macro.
#include <new>
struct part {
  int v;
};
struct slot {
  alignas(part) unsigned char bytes[sizeof(part)];
};
inline auto *their_step(slot *p) { return reinterpret_cast<part *>(p->bytes); }
#define THEIR_STEP(p) (reinterpret_cast<part *>(p->bytes))
