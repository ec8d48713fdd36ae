// The same type, a base of it, its first member, one of several, bytes; bytes that go elsewhere; one function for many
// types. [ptr.launder]/2.
// RUN: %verify_both %s --checks=child-type-mismatch
// expected-no-diagnostics
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

struct base {
  int v;
};
struct child : base {
  child() {}
  int more;
};
struct other {
  other() {}
  int v;
};
void fill(void *);

class slot {
  alignas(child) unsigned char b[sizeof(child)];

public:
  slot() { ::new (b) child; }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
  const child &get() const { return *std::launder(reinterpret_cast<const child *>(&b)); }
  base &first() { return *std::launder(reinterpret_cast<base *>(&b)); }
  int value() { return *std::launder(reinterpret_cast<int *>(&b)); }
  unsigned char byte(int i) { return b[i]; }
  char byteByCast(int i) { return reinterpret_cast<char *>(b)[i]; }
};
class either {
  alignas(child) unsigned char b[sizeof(child)];
  bool which;

public:
  explicit either(bool w) : which(w) {
    if (w)
      ::new (b) child;
    else
      std::construct_at(reinterpret_cast<other *>(b));
  }
  int get() { return which ? reinterpret_cast<child *>(b)->v : reinterpret_cast<other *>(b)->v; }
};
class filled_elsewhere {
  alignas(child) unsigned char b[sizeof(child)];

public:
  filled_elsewhere() { ::new (b) child; }
  void refill() { fill(b); }
  other &get() { return *std::launder(reinterpret_cast<other *>(b)); }
};
class hands_out {
  alignas(child) unsigned char b[sizeof(child)];

public:
  hands_out() { ::new (b) child; }
  void *raw() { return b; }
  other &get() { return *std::launder(reinterpret_cast<other *>(b)); }
};
class by_a_typed_pointer {
  alignas(child) unsigned char b[sizeof(child)];

public:
  by_a_typed_pointer() { ::new (b) child; }
  void change() {
    auto *o = reinterpret_cast<other *>(b);
    std::construct_at(o);
  }
  other &get() { return *std::launder(reinterpret_cast<other *>(b)); }
};
class erased {
  alignas(16) unsigned char b[16];

public:
  template <class T> void emplace() { ::new (b) T; }
  template <class T> T &get() { return *std::launder(reinterpret_cast<T *>(b)); }
};
int use(erased &e) {
  e.emplace<child>();
  return e.get<other>().v;
}
class nothing_created {
  alignas(child) unsigned char b[sizeof(child)];

public:
  other &get() { return *std::launder(reinterpret_cast<other *>(b)); }
};
class copied {
  alignas(child) unsigned char b[sizeof(child)];

public:
  copied() { ::new (b) child; }
  copied(const copied &c) { std::memcpy(b, c.b, sizeof b); }
  other &get() { return *std::launder(reinterpret_cast<other *>(b)); }
};
