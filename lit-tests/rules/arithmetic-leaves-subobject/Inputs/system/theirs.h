// Somebody else's code with the pattern in it, once as a function and once as a macro.
struct whole {
  int first[2];
  int second;
};
inline int *their_step(whole *w) { return w->first + 3; }
#define THEIR_STEP(w) ((w)->first + 3)
