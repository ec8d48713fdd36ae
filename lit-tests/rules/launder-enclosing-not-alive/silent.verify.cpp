// launder to the array, to the child, to a class that is complete by then, and to what it is already. [ptr.launder]/2.
// RUN: %verify_both %s --checks=launder-enclosing-not-alive
// expected-no-diagnostics
#include <new>

struct tenant {
  int age;
};
using room = unsigned char[sizeof(tenant)];

struct slot {
  alignas(tenant) room bytes;
  slot() { (void)of(::new (static_cast<void *>(bytes)) tenant{1}); }
  ~slot() { std::launder(reinterpret_cast<tenant *>(bytes))->~tenant(); }
  static slot *of(tenant *t) { return reinterpret_cast<slot *>(std::launder(reinterpret_cast<room *>(t))); }
};

struct later {
  alignas(tenant) room bytes;
  later() { ::new (static_cast<void *>(bytes)) tenant{1}; }
  static later *of(tenant *t) { return std::launder(reinterpret_cast<later *>(t)); }
  int start(tenant *t) { return of(t) == this; }
};
int use(later &l, tenant *t) { return l.start(t); }

// Another class's constructor: this one is complete.
struct user {
  later *found;
  explicit user(tenant *t) : found(later::of(t)) {}
};

struct trivial {
  alignas(tenant) room bytes;
  static trivial *of(tenant *t) { return std::launder(reinterpret_cast<trivial *>(t)); }
};
trivial *use(tenant *t) { return trivial::of(t); }

struct same {
  same *self;
  same() : self(std::launder(this)) {}
};

struct dispatched {
  alignas(tenant) room bytes;
  dispatched() {
    run = [this] { return of(std::launder(reinterpret_cast<tenant *>(bytes))); };
  }
  struct function {
    template <class F>
    function &operator=(F) {
      return *this;
    }
  } run;
  static dispatched *of(tenant *t) { return std::launder(reinterpret_cast<dispatched *>(t)); }
};

// Which body a virtual call enters is not known.
struct by_a_virtual {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  by_a_virtual() { enter(::new (static_cast<void *>(bytes)) tenant{1}); }
  virtual void enter(tenant *t) { (void)of(t); }
  static by_a_virtual *of(tenant *t) { return std::launder(reinterpret_cast<by_a_virtual *>(t)); }
};
