// Somebody else's code with the pattern in it, once as a function and once as a macro.
struct part {
  int v;
};
struct other {
  int w;
};
struct whole : other, part {};
inline auto *their_step(part *p) { return reinterpret_cast<whole *>(p); }
#define THEIR_STEP(p) (reinterpret_cast<whole *>(p))
