// Arrays that provide storage, wrappers of them, members and alternatives of the object's own type, variables that nothing
// encloses, and places of which nothing is known. [intro.object]/3, [intro.object]/2.
// RUN: %verify_both %s --checks=storage-not-byte-array
// expected-no-diagnostics
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

struct tenant {
  int age;
};

struct flat {
  alignas(tenant) unsigned char bytes[sizeof(tenant)];
  alignas(tenant) std::byte others[sizeof(tenant)];
  void let() { ::new (static_cast<void *>(bytes)) tenant{}; }
  void letOther() { ::new (&others) tenant{}; }
};
struct wrapper {
  flat inner;
  std::aligned_storage_t<sizeof(tenant), alignof(tenant)> deprecated;
  void let() { ::new (static_cast<void *>(&inner)) tenant{}; }
  void letDeprecated() { ::new (&deprecated) tenant{}; }
};
struct rows {
  alignas(tenant) unsigned char bytes[4][sizeof(tenant)];
  void let() { ::new (bytes[2]) tenant{}; }
};

// An alternative, named by another one.
union optional {
  char nothing;
  tenant value;
};
struct maybe {
  optional content;
  void emplace() { ::new (static_cast<void *>(&content.nothing)) tenant{}; }
  void emplaceWhole() { ::new (static_cast<void *>(&content)) tenant{}; }
};
struct named {
  union {
    char text[8];
    unsigned char bytes[8];
  };
  void let() { ::new (text) tenant{}; }
};

struct again {
  tenant member;
  tenant array[2];
  const tenant constant{};
  void replace() {
    ::new (&member) tenant{};
    ::new (&array[1]) tenant{};
    ::new (const_cast<tenant *>(&constant)) tenant{};
    std::construct_at(&member);
  }
};
struct character {
  char c;
  void replace() { ::new (&c) char{'x'}; }
};

void variable() {
  alignas(tenant) char room[sizeof(tenant)];
  ::new (room) tenant{};
}
void unseen(void *where, char *first, char (&array)[4], tenant *t) {
  ::new (where) tenant{};
  ::new (first) tenant{};
  ::new (array) tenant{};
  ::new (t) tenant{};
}
struct pointer {
  char *first;
  void let() { ::new (first) tenant{}; }
};

template <class T>
struct storage {
  alignas(T) char bytes[sizeof(T)];
  void never() { ::new (bytes) T{}; }
};
template <class T>
struct chosen {
  char text[4];
  void let() {
    if (std::is_same_v<T, char>)
      ::new (text) char{};
    else if (false)
      ::new (text) T{};
  }
};
template struct chosen<tenant>;
