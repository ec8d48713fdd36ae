// Bytes are not yet what will live in them. [basic.life]/2, /7.
// RUN: %verify_both %s --ignore-notes --checks=lifetime-not-started
#include <memory>
#include <new>

struct child {
  int v;
  explicit child(int i) : v(i) {}
  ~child() {}
  void start() {}
};

struct slot {
  alignas(child) unsigned char b[sizeof(child)];
  slot() {
    get().start(); // expected-error {{no 'child' has been created in 'b' yet, and it is used here [snug-lifetime-not-started]}}
    ::new (static_cast<void *>(b)) child(1);
  }
  ~slot() { std::destroy_at(&get()); }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
};

struct by_cast {
  alignas(child) unsigned char b[sizeof(child)];
  by_cast(int i) {
    std::launder(reinterpret_cast<child *>(b))->v = i; // expected-error {{no 'child' has been created in 'b' yet, and it is used here}}
  }
  by_cast() {
    auto *c = std::launder(reinterpret_cast<child *>(&b));
    c->start(); // expected-error {{no 'child' has been created in 'b' yet}}
    std::construct_at(reinterpret_cast<child *>(&b), 1);
  }
  by_cast(char) {
    reinterpret_cast<child &>(b).~child(); // expected-error {{no 'child' has been created in 'b' yet, and it is destroyed here}}
    ::new (&b) child(2);
  }
};

// On every branch, and in a function that is called.
struct on_branches {
  alignas(child) unsigned char b[sizeof(child)];
  int state;
  explicit on_branches(bool x) : state(x) {
    if (x)
      state = 2;
    else
      state = 3;
    get()->start(); // expected-error {{no 'child' has been created in 'b' yet}}
    ::new (b) child(1);
  }
  explicit on_branches(int) {
    run(); // expected-error {{no 'child' has been created in 'b' yet, and it is used here}}
    ::new (b) child(1);
  }
  child *get() { return std::launder(reinterpret_cast<child *>(b)); }
  void run() { get()->start(); }
};

int local() {
  alignas(child) unsigned char b[sizeof(child)];
  auto &c = *reinterpret_cast<child *>(b);
  int v = c.v; // expected-error {{no 'child' has been created in 'b' yet}}
  ::new (b) child(1);
  return v + c.v;
}

// The destructor destroys what one of the constructors forgot.
class forgets {
  alignas(child) unsigned char b[sizeof(child)];
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }

public:
  forgets() {} // expected-error {{this constructor creates no 'child' in 'b', which the destructor destroys}}
  explicit forgets(int i) { ::new (b) child(i); }
  ~forgets() { get().~child(); }
};

// Asking for the size uses nothing; what is called in between does not know the bytes.
void elsewhere();
int local_between() {
  alignas(child) unsigned char b[sizeof(child)];
  elsewhere();
  return reinterpret_cast<child *>(b)->v; // expected-error {{no 'child' has been created in 'b' yet}}
}

template <class T> struct cell {
  alignas(T) unsigned char b[sizeof(T)];
  cell() {
    get().start(); // expected-error {{no 'child' has been created in 'b' yet}}
    ::new (b) T(1);
  }
  T &get() { return *std::launder(reinterpret_cast<T *>(b)); }
};
cell<child> c;
