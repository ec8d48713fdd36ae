// Standard-layout classes; checks and tables; an offset inside the computation of a parent's address, which says it itself.
// [support.types.layout]/1.
// RUN: %verify_both %s --checks=offsetof-not-standard-layout -- -Wno-invalid-offsetof
// expected-no-diagnostics
#include <cstddef>

struct plain {
  int x;
  int y;
};
constexpr std::size_t named = offsetof(plain, y);

struct child {
  int v;
};
class parent {
public:
  int x;
  child c;

private:
  int y;
};
static_assert(offsetof(parent, c) == 4);
static_assert(offsetof(parent, c) % alignof(child) == 0);
bool check() { return offsetof(parent, c) > offsetof(parent, x); }
struct column {
  const char *name;
  std::size_t offset;
};
const column table[] = {{"x", offsetof(parent, x)}};
extern "C" int printf(const char *, ...);
struct stream {
  stream &operator<<(std::size_t);
};
template <class A, class B>
bool isEqual(const A &, const B &);
void shown(stream &s) {
  printf("%zu", offsetof(parent, c));
  s << offsetof(parent, c);
  isEqual(offsetof(parent, c), 4u);
}
parent *containerOf(child *c) {
  return reinterpret_cast<parent *>(reinterpret_cast<char *>(c) - offsetof(parent, c));
}
