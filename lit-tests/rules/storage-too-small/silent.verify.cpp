// Room enough: exactly, behind other objects, in a union whose other member is larger; and places whose size is not
// seen. What a constant condition keeps from being executed creates nothing. [basic.life]/2.
// RUN: %verify_both %s --checks=storage-too-small
// expected-no-diagnostics
#include <cstddef>
#include <memory>
#include <new>

struct tenant {
  long long age;
  int rooms;
};

struct flat {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
};

struct house {
  alignas(tenant) std::byte rooms[32];
  void second() { ::new (&rooms[16]) tenant{}; }
  void two() { ::new (rooms) tenant[2]; }
  void some(std::size_t i) { ::new (&rooms[i]) tenant{}; }
};

union either {
  unsigned char bytes[4];
  tenant whole;
};
void inAUnion(either &e) { ::new (e.bytes) tenant{}; }

// A last member of one element stands for an array as long as was allocated.
struct header {
  std::size_t length;
  alignas(tenant) unsigned char rest[1];
};
void behind(header *h) { ::new (h->rest) tenant{}; }

void unseen(void *where, unsigned char *first, tenant *of) {
  ::new (where) tenant{};
  ::new (first) tenant{};
  std::construct_at(of);
}
void allocated(std::size_t n) {
  auto *room = new unsigned char[n];
  ::new (room) tenant{};
}

struct pool {};
void *operator new(std::size_t, unsigned char (&)[8], pool &);
void fromAPool(unsigned char (&tag)[8], pool &p) { ::new (tag, p) tenant{}; }

template <class T>
struct small {
  alignas(T) unsigned char bytes[8];
  T *other = nullptr;
  void byIf() {
    if (sizeof(T) <= sizeof(bytes))
      ::new (static_cast<void *>(bytes)) T{};
    else
      other = new T{};
  }
  void byReturn() {
    const bool fits = sizeof(T) <= sizeof(bytes);
    if (!fits) {
      other = new T{};
      return;
    }
    ::new (static_cast<void *>(bytes)) T{};
  }
  T *byConditional() { return sizeof(T) <= 8 ? ::new (static_cast<void *>(bytes)) T{} : new T{}; }
  void byConstexprIf() {
    if constexpr (sizeof(T) <= sizeof(bytes))
      ::new (static_cast<void *>(bytes)) T{};
  }
};
template struct small<tenant>;
template struct small<int>;

template <class T>
void neverInstantiated() {
  unsigned char room[1];
  ::new (room) T{};
}
