// Must fail: a rule fires in a file that expects silence. If this passes, "silent" tests prove nothing.
// RUN: %verify_plugin %s
// expected-no-diagnostics
#include <cstddef>

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
parent *up(child *p) {
  return reinterpret_cast<parent *>(reinterpret_cast<unsigned char *>(p) - offsetof(parent, c));
}
