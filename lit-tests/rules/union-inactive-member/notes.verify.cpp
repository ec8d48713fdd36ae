// What is active and since when, and what to do. [class.union.general]/5.
// RUN: %verify_both %s
#include <memory>

struct file {
  int handle;
  file() : handle(0) {}
  ~file() {}
};
struct socket {
  int number;
  socket() : number(0) {}
  ~socket() {}
  void shut();
};
union resource {
  file f; // expected-note 2 {{'f' was made active, and nothing has made 's' active since}}
  socket s;
  resource() : f() {
    // expected-error@+2 {{'s' is not the active member (that is 'f')}}
    // expected-note@+1 {{start the lifetime of 's' first, with std::construct_at or placement new}}
    s.shut();
  }
  ~resource() {}
  void reset() {
    std::construct_at(&f);
    // expected-error@+2 {{'s' is not the active member (that is 'f')}}
    // expected-note@+1 {{destroy 'f' instead}}
    std::destroy_at(&s);
    // expected-error@+2 {{'s' is not the active member (there is none)}}
    // expected-note@+1 {{there is nothing to destroy}}
    std::destroy_at(&s);
  }
};
int punned(float value) {
  union {
    float f; // expected-note {{'f' was made active, and nothing has made 'i' active since}}
    int i;
  } n;
  n.f = value;
  // expected-warning@+2 {{'i' is not the active member (that is 'f')}}
  // expected-note@+1 {{copy the bytes with std::bit_cast or std::memcpy to look at them as another type}}
  return n.i;
}
template <class T>
union boxed {
  T value;
  char nothing; // expected-note {{'nothing' was made active, and nothing has made 'value' active since}}
  boxed() : nothing() {
    // expected-error@+2 {{'value' is not the active member (that is 'nothing')}}
    // expected-note@+1 {{start the lifetime of 'value' first}}
    value.shut();
  }
  ~boxed() {}
};
boxed<socket> instance; // expected-note {{in instantiation of 'boxed<socket>::boxed' requested here}}
