// A header that states figures of everything there is; made into a precompiled header by its test.
#include <snug/expect.hpp>

#ifdef WRONG
#define STATED 4
#else
#define STATED 8
#endif
struct SNUG(size(STATED)) from_header {
  SNUG(offset(0)) long a;
};
SNUG(loads(1)) inline int helper(const from_header &o) {
  SNUG(size(8)) long v = o.a;
  return static_cast<int>(v);
}
template <class T> SNUG(loads(2)) T templat(T t) {
  SNUG(size(8)) T v = t;
  return v;
}
template <class T> struct SNUG(size(8)) pair_of {
  T first;
  T second;
};
