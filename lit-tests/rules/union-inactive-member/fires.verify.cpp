// A member of a union is used while another one, or none, is active: followed from constructor initialisers, assignments,
// placement new and construct_at to the access. [class.union.general]/2, [basic.life]/7.
// RUN: %verify_both %s --ignore-notes
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

union resource { // what every constructor leaves active is what the destructor finds
  file f;
  socket s;
  resource() : f() {}
  ~resource() { std::destroy_at(&s); } // expected-error {{'s' is not the active member (that is 'f') [snug-union-inactive-member]}}
};
union called {
  file f;
  socket s;
  called() : s() {}
  ~called() { f.~file(); } // expected-error {{'f' is not the active member (that is 's')}}
};
union in_the_constructor {
  file f;
  socket s;
  in_the_constructor() : f() {
    s.shut(); // expected-error {{'s' is not the active member (that is 'f')}}
  }
  ~in_the_constructor() {}
};
union nothing_yet {
  file f;
  socket s;
  nothing_yet() {
    f.close(); // expected-error {{'f' is not the active member (there is none)}}
  }
  ~nothing_yet() {}
};
union asked { // a const member function changes nothing
  file f;
  socket s;
  asked() : f() {}
  ~asked() {}
  int peek() const;
  void change() {
    std::destroy_at(std::addressof(f));
    std::construct_at(std::addressof(s));
    peek();
    f.close(); // expected-error {{'f' is not the active member (that is 's')}}
  }
};
union twice {
  file f;
  socket s;
  twice() : f() {}
  ~twice() {}
  void reset() {
    f.~file();
    f.~file(); // expected-error {{'f' is not the active member (there is none)}}
  }
  void change() {
    std::destroy_at(std::addressof(f));
    std::construct_at(std::addressof(s));
    f.close(); // expected-error {{'f' is not the active member (that is 's')}}
  }
  void renew() {
    ::new (static_cast<void *>(&s)) socket;
    f.~file(); // expected-error {{'f' is not the active member (that is 's')}}
  }
  int onOneBranch(bool b) {
    ::new (&f) file;
    if (b) {
      s.shut(); // expected-error {{'s' is not the active member (that is 'f')}}
    }
    return f.handle;
  }
};

class connection { // an anonymous union in a class
public:
  connection() : open_(false), f_() {
    s_.shut(); // expected-error {{'s_' is not the active member (that is 'f_')}}
  }
  ~connection() {}

private:
  bool open_;
  union {
    file f_;
    socket s_;
  };
};

union number {
  float f;
  int i;
};
int punned(float value) {
  number n;
  n.f = value;
  return n.i; // expected-warning {{'i' is not the active member (that is 'f')}}
}
double braces() {
  union {
    int i;
    double d;
  } n = {1};
  return n.d; // expected-warning {{'d' is not the active member (that is 'i')}}
}
