// Created first; created on one branch; by code that is not seen; types that bytes may hold by themselves; the address
// alone. [basic.life]/2, /7, [intro.object]/13.
// RUN: %verify_both %s --checks=lifetime-not-started,lifetime-ended
// expected-no-diagnostics
#include <cstring>
#include <memory>
#include <new>

struct child {
  int v;
  explicit child(int i) : v(i) {}
  ~child() {}
  void start() {}
};
struct plain {
  int v;
};
void build(void *);
struct outer;

struct in_order {
  alignas(child) unsigned char b[sizeof(child)];
  in_order() {
    ::new (static_cast<void *>(b)) child(1);
    get().start();
  }
  ~in_order() {
    get().start();
    std::destroy_at(&get());
  }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};
struct by_helper {
  alignas(child) unsigned char b[sizeof(child)];
  by_helper() {
    make();
    get().start();
  }
  void make() { ::new (static_cast<void *>(b)) child(1); }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};
struct by_others {
  alignas(child) unsigned char b[sizeof(child)];
  by_others() {
    build(b);
    get().start();
  }
  explicit by_others(int) {
    buildThis();
    get().start();
  }
  explicit by_others(const by_others &other) {
    std::memcpy(b, other.b, sizeof b);
    get().start();
  }
  explicit by_others(char) : by_others(1) { get().start(); }
  by_others(int, int) {
    ::new (where()) child(1);
    get().start();
  }
  void buildThis();
  void *where() { return b; }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};
struct maybe {
  alignas(child) unsigned char b[sizeof(child)];
  bool engaged = false;
  maybe() {}
  explicit maybe(bool now) : engaged(now) {
    if (now)
      ::new (b) child(1);
    if (engaged)
      get().start();
  }
  ~maybe() {
    if (engaged)
      get().~child();
  }
  void emplace() {
    if (engaged)
      std::destroy_at(&get());
    ::new (b) child(2);
    engaged = true;
    get().start();
  }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};
// The bytes hold it as soon as they are.
struct implicit {
  alignas(plain) unsigned char b[sizeof(plain)];
  implicit() { reinterpret_cast<plain *>(b)->v = 1; }
};
// Where the parent is can be said before the child is there.
struct address_only {
  alignas(child) unsigned char b[sizeof(child)];
  child *where;
  address_only() : where(reinterpret_cast<child *>(b)) { ::new (b) child(1); }
};
class late {
  alignas(child) unsigned char b[sizeof(child)];

public:
  late() {}
  void start() { ::new (b) child(1); }
  ~late() { reinterpret_cast<child *>(b)->~child(); }
};
template <class Derived> struct knowing_base {
  knowing_base() { static_cast<Derived *>(this)->make(); }
};
struct knows : knowing_base<knows> {
  alignas(child) unsigned char b[sizeof(child)];
  knows() { std::launder(reinterpret_cast<child *>(b))->start(); }
  void make() { ::new (b) child(1); }
};
int loops(int n) {
  alignas(child) unsigned char b[sizeof(child)];
  bool made = false;
  int sum = 0;
  for (int i = 0; i < n; ++i) {
    if (!made)
      ::new (b) child(i);
    made = true;
    sum += reinterpret_cast<child *>(b)->v;
  }
  return sum;
}
template <class T> struct never_instantiated {
  alignas(T) unsigned char b[sizeof(T)];
  never_instantiated() { reinterpret_cast<T *>(b)->start(); }
};

// A friend may create what the constructor leaves out.
class befriended {
  alignas(child) unsigned char b[sizeof(child)];
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
  friend void fill(befriended &);

public:
  befriended() {}
  ~befriended() { get().~child(); }
};
// So may whoever is given the address.
class handed_out {
  alignas(child) unsigned char b[sizeof(child)];
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }

public:
  handed_out() {}
  void *place() { return b; }
  ~handed_out() { get().~child(); }
};
// Unevaluated operands and bytes.
unsigned long unevaluated() {
  alignas(child) unsigned char b[sizeof(child)];
  b[0] = 1;
  return sizeof(reinterpret_cast<child *>(b)->v) + noexcept(reinterpret_cast<child *>(b)->v) + b[0];
}
// The bytes themselves are there from the start.
int bytes_before_the_child() {
  alignas(child) unsigned char b[sizeof(child)];
  int first = b[0];
  ::new (static_cast<void *>(b)) child(first);
  return first;
}
