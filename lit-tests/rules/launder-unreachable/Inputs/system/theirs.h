// Somebody else's code with the pattern in it, once as a function and once as a macro.
#include <new>
struct part {
  int v;
};
struct slot {
  alignas(part) unsigned char bytes[sizeof(part)];
  int more;
};
inline auto *their_step(part *p) { return std::launder(reinterpret_cast<slot *>(p)); }
#define THEIR_STEP(p) (std::launder(reinterpret_cast<slot *>(p)))
