// The active member; addresses, which may be formed and cast at any time; what flow does not decide; bytes and common
// initial sequences; members that other code makes active. [class.union.general]/2, [basic.life]/7.
// RUN: %verify_both %s --checks=union-inactive-member
// expected-no-diagnostics
#include <cstring>
#include <memory>
#include <new>

struct file {
  int handle;
  file() : handle(0) {}
  ~file() {}
  void close();
};
struct socket {
  int number;
  socket() : number(0) {}
  ~socket() {}
  void shut();
};

union resource {
  file f;
  socket s;
  resource() : f() {}
  ~resource() { std::destroy_at(&f); }
  void change() {
    f.~file();
    std::construct_at(&s);
    s.shut();
    std::destroy_at(&s);
    ::new (&f) file;
    f.close();
  }
  file *address() { return &f; }
  socket *other() { return &s; }
};
resource *up(file *f) { return reinterpret_cast<resource *>(f); }

union number {
  int i;
  float f;
};
float through_a_reference() { // to the same object
  number n;
  number &r = n;
  r.i = 1;
  n.f = 2.0f;
  return r.f;
}

struct refers {
  number &to;
};
float through_a_member_reference() { // to what is no part of the local
  number n;
  refers r{n};
  r.to.i = 1;
  n.f = 2.0f;
  return r.to.f;
}

union managed { // by whoever holds it
  char nothing;
  file f;
  managed() : nothing() {}
  ~managed() {}
};
struct holder {
  managed m;
  bool full = false;
  void fill() {
    std::construct_at(&m.f);
    full = true;
  }
  ~holder() {
    if (full)
      m.f.~file();
  }
};
union either_of_two {
  file f;
  socket s;
  either_of_two() : f() {}
  explicit either_of_two(int) : s() {}
  ~either_of_two() { f.~file(); }
};
union made_active_elsewhere {
  file f;
  socket s;
  made_active_elsewhere() : f() {}
  ~made_active_elsewhere() { s.~socket(); }
};
void elsewhere(made_active_elsewhere &u) {
  u.f.~file();
  ::new (&u.s) socket;
}
void byPointer(socket *s);
template <class T>
struct late { // emplace may be instantiated in another file
  union {
    char nothing;
    T value;
  };
  late() : nothing() {}
  void emplace() { ::new (&value) T; }
  ~late() { value.~T(); }
};
late<file> instance;

union handedOn {
  file f;
  socket s;
  handedOn() : f() {
    change(this);
    s.shut();
  }
  handedOn(int) : f() {
    f.~file();
    byPointer(&s);
    s.shut();
  }
  ~handedOn() {}
  static void change(handedOn *);
};
int branches(bool b) {
  union {
    int i;
    float f;
  } n;
  if (b)
    n.i = 1;
  else
    n.f = 2;
  return b ? n.i : static_cast<int>(n.f);
}
unsigned char bytes(float value) {
  union {
    float f;
    unsigned char b[sizeof(float)];
  } n;
  n.f = value;
  return n.b[0];
}
struct first {
  int kind;
  int a;
};
struct second {
  int kind;
  double b;
};
int commonInitialSequence() {
  union {
    first x;
    second y;
  } n = {{1, 2}};
  return n.y.kind;
}
int assigned() {
  union {
    int i;
    first x;
    int list[2];
  } n;
  n.x.a = 3;
  n.list[1] = 4;
  int sum = n.list[1];
  n.i = 5;
  return sum + n.i;
}
int copied(float value) {
  union {
    float f;
    int i;
  } n;
  n.f = value;
  std::memcpy(&n.i, &value, sizeof n.i);
  return n.i;
}
