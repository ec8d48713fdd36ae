// Two empty objects of one type may not share an address, although the letter says so of a standard-layout class and what it
// starts with: the layout moves one of them, and the cast does not follow. [intro.object]/10 against [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes -- -Wno-reinterpret-base-class
#include <cstddef>
#include <type_traits>

struct policy {};
struct strict : policy {};
struct lock : policy {
  strict mode;
};
static_assert(std::is_standard_layout_v<lock>);

lock *up(strict *s) {
  return reinterpret_cast<lock *>(s); // expected-warning {{'mode' is at offset 1 although 'lock' is standard-layout; the cast does not adjust the address [snug-layout-contradicts-interconvertible]}}
}
strict *down(lock *l) {
  return reinterpret_cast<strict *>(l); // expected-warning {{'mode' is at offset 1 although 'lock' is standard-layout}}
}
lock *ofTheMember(lock &l) {
  return (lock *)&l.mode; // expected-warning {{'mode' is at offset 1 although 'lock' is standard-layout}}
}
struct gate {
  lock inner;
};
gate *deeper(strict *s) {
  return reinterpret_cast<gate *>(s); // expected-warning {{'mode' is at offset 1 although 'lock' is standard-layout}}
}

// The base is what has to move where an inherited first member has its type.
struct key {
  policy kind;
};
struct ring : key, policy {};
static_assert(std::is_standard_layout_v<ring> && sizeof(ring) == 2);
policy *base(ring *r) {
  return static_cast<policy *>(static_cast<void *>(static_cast<key *>(r))); // fine: the member of the key
}
struct other_policy : policy {};
struct chain : key, other_policy {};
chain *ofTheMovedBase(other_policy *p) {
  return reinterpret_cast<chain *>(p); // expected-warning {{the base 'other_policy' is at offset 1 although 'chain' is standard-layout; the cast does not adjust the address}}
}
