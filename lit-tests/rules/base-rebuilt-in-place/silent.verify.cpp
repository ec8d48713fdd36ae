// Members of a union, ordinary members, bytes, whole objects, and as many bytes as are the base's own. [basic.life]/9.
// RUN: %verify_both %s --checks=base-rebuilt-in-place
// expected-no-diagnostics
#include <cstring>
#include <memory>
#include <new>

struct child {
  void *handle = nullptr;
  char kind = 0;
  child() {}
  ~child() {}
};

struct in_a_union {
  union {
    child c;
  };
  char flag = 1;
  in_a_union() : c() {}
  ~in_a_union() { std::destroy_at(&c); }
  void restart() {
    std::destroy_at(&c);
    std::construct_at(&c);
  }
};
struct ordinary {
  child c;
  char flag = 1;
  void restart() {
    std::destroy_at(&c);
    ::new (&c) child;
  }
};
struct unnamed_bits : child { // nobody's
  int : 8;
  void clear() { std::memset(static_cast<void *>(static_cast<child *>(this)), 0, sizeof(child)); }
};
struct in_bytes {
  alignas(child) unsigned char bytes[sizeof(child)];
  char flag = 1;
  void start() { ::new (static_cast<void *>(bytes)) child; }
};
struct slot {
  alignas(child) unsigned char bytes[sizeof(child)];
};
struct bytes_of_a_base : slot {
  void start() { ::new (static_cast<void *>(bytes)) child; }
  void startByBase() { ::new (static_cast<void *>(static_cast<slot *>(this))) child; }
};
struct whole : child {
  whole() {}
  void restart() {
    std::destroy_at(this);
    ::new (this) whole;
  }
};
union either {
  [[no_unique_address]] child c;
  int i;
  either() : i(0) {}
  ~either() {}
  void start() { std::construct_at(&c); }
};
struct careful : child {
  char flag = 1;
  void clear() { std::memset(static_cast<void *>(static_cast<child *>(this)), 0, sizeof(void *)); }
  void clearSome(unsigned n) { std::memset(static_cast<void *>(static_cast<child *>(this)), 0, n); }
};
struct no_tail : child {
  void *more = nullptr;
  void clear() { std::memset(static_cast<void *>(static_cast<child *>(this)), 0, sizeof(child)); }
};
void complete(child &c) { ::new (&c) child; }
template <class T> struct dependent : T {
  void restart() { ::new (static_cast<T *>(this)) T; }
};
