// The bytes hold an object of one type, and the code that reads them thinks of another. [ptr.launder]/2, [basic.lval]/11.
// RUN: %verify_both %s --ignore-notes --checks=child-type-mismatch
#include <memory>
#include <new>

struct child {
  child() : v(1) {}
  ~child() {}
  int v;
};
struct impostor {
  impostor();
  ~impostor() {}
  int v;
};
struct plain {
  int v;
};

class closed {
  alignas(child) unsigned char b[sizeof(child)];

public:
  closed() { ::new (static_cast<void *>(b)) child{}; }
  int get() {
    return std::launder(reinterpret_cast<impostor *>(b))->v; // expected-error {{'b' holds a 'child', not a 'impostor' [snug-child-type-mismatch]}}
  }
  void destroy() {
    std::destroy_at(reinterpret_cast<impostor *>(&b)); // expected-error {{'b' holds a 'child', not a 'impostor'}}
  }
  // May live there before the child does.
  int getPlain() {
    return reinterpret_cast<plain *>(&b)->v; // expected-warning {{'b' holds a 'child', not a 'plain'}}
  }
};

// Others may create something there, too.
struct open {
  alignas(child) unsigned char b[sizeof(child)];
  void make() { std::construct_at(reinterpret_cast<child *>(b)); }
};
impostor &get(open &s) {
  return *std::launder(reinterpret_cast<impostor *>(s.b)); // expected-warning {{'b' holds a 'child', not a 'impostor'}}
}

// A derived class is not what is there.
struct larger : child {
  larger();
  ~larger() {}
  int more;
};
class holds_the_base {
  alignas(larger) unsigned char b[sizeof(larger)];

public:
  holds_the_base() { ::new (b) child; }
  int more() {
    return reinterpret_cast<larger *>(b)->more; // expected-error {{'b' holds a 'child', not a 'larger'}}
  }
};

template <class T, class U> class cell {
  alignas(T) unsigned char b[sizeof(T)];

public:
  cell() { ::new (b) T; }
  U &get() {
    return *std::launder(reinterpret_cast<U *>(b)); // expected-error {{'b' holds a 'child', not a 'impostor'}}
  }
};
cell<child, child> good;
cell<child, impostor> bad;
auto &a = good.get();
auto &b = bad.get();
