// Casts that do change where the pointer points, launder in between, pointers of which only the type is known, and classes
// that C, the compiler or the platform lets alias. [expr.static.cast]/10, [basic.compound]/7.
// RUN: %verify_both %s --checks=downcast-after-bad-cast
// expected-no-diagnostics
#include <new>

struct part {
  int number;
};
using room = unsigned char[sizeof(part)];
struct slot {
  alignas(part) room bytes;
};
struct whole : slot {
  int more;
};

whole *laundered(part *p) {
  return static_cast<whole *>(reinterpret_cast<slot *>(std::launder(reinterpret_cast<room *>(p))));
}

struct starts {
  part first;
  int more;
};
struct derived : starts {};
derived *ofTheFirstMember(part *p) { return static_cast<derived *>(reinterpret_cast<starts *>(p)); }
derived *plain(starts *s) { return static_cast<derived *>(s); }

// Handles of a C interface.
struct handle {
  int unused;
};
struct object {
  virtual ~object();
};
struct window : object {
  int width;
};
window *ofAHandle(handle *h) { return static_cast<window *>(reinterpret_cast<object *>(h)); }
int access(handle *h) { return reinterpret_cast<window *>(h)->width; }
window *ofUserData(void *data) { return static_cast<window *>(static_cast<object *>(data)); }

struct sockaddr {
  unsigned short family;
  char data[14];
};
struct sockaddr_storage {
  unsigned long long aligned[16];
};
unsigned short family() {
  sockaddr_storage storage{};
  return reinterpret_cast<sockaddr *>(&storage)->family;
}
struct [[gnu::may_alias]] any {
  double number;
};
double punned() {
  part p{1};
  return reinterpret_cast<any *>(&p)->number;
}
struct event {
  int kind;
  int key;
};
int beginsAlike() {
  part p{1};
  return reinterpret_cast<event *>(&p)->kind;
}

void kept(part *p, whole **out) {
  static part q{1};
  auto *c = reinterpret_cast<window *>(&q);
  *out = reinterpret_cast<whole *>(c);
}

template <class Whole>
Whole *neverInstantiated(part *p) {
  return static_cast<Whole *>(reinterpret_cast<slot *>(p));
}

template <bool Known> whole *never_executed(part *p) {
  if (Known)
    return nullptr;
  return static_cast<whole *>(reinterpret_cast<slot *>(p));
}
whole *known(part *p) { return never_executed<true>(p); }

// Unions are how C looks at one object in two ways.
struct raw {
  char bytes[4];
};
union view {
  raw as_bytes;
  int as_number;
};
struct letters {
  char first, second, third, fourth;
};
int through_a_union(letters given) { return reinterpret_cast<view *>(&given)->as_number; }
