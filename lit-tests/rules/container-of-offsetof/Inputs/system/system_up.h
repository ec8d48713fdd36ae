// Somebody else's code with the pattern in it.
#include <cstddef>
struct child {
  int v;
};
struct theirs {
  int x;
  child c;
};
inline theirs *system_up(child *p) {
  return reinterpret_cast<theirs *>(reinterpret_cast<char *>(p) - offsetof(theirs, c));
}
