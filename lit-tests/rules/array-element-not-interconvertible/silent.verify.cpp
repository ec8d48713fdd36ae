// Pointers to arrays, laundered results, other elements, classes that are more than the bytes a parameter points to, text.
// [basic.compound]/7, [ptr.launder]/2.
// RUN: %verify_both %s --checks=array-element-not-interconvertible
// expected-no-diagnostics
#include <cstddef>
#include <cstdint>
#include <new>

struct block {
  unsigned char bytes[16];
};
using sixteen = unsigned char[16];
block *whole(sixteen *all) { return reinterpret_cast<block *>(all); }
sixteen *address(block *b) { return &b->bytes; }
block *ofTheArray(block &b) { return reinterpret_cast<block *>(&b.bytes); }
block *laundered(unsigned char *first) { return std::launder(reinterpret_cast<block *>(first)); }
block *launderedMember(block &b) { return std::launder(reinterpret_cast<block *>(b.bytes)); }
unsigned char *first(block *b) { return reinterpret_cast<unsigned char *>(b); }
block *sameType(block *b) { return reinterpret_cast<block *>(b); }

struct frame { // a header in a buffer: who reads it means the buffer's contents
  std::uint8_t to[6];
  std::uint8_t from[6];
  std::uint16_t kind;
};
const frame *parse(const unsigned char *packet) { return reinterpret_cast<const frame *>(packet); }
int *numbers(unsigned char *buffer) { return reinterpret_cast<int *>(buffer); }
block *fromAnywhere(void *p) { return static_cast<block *>(p); }
block *fromACall(unsigned char *(*get)()) { return reinterpret_cast<block *>(get()); }
using two = int[2];
two *window(int (&all)[4]) { return reinterpret_cast<two *>(&all[2]); }
struct node {
  int kind;
  unsigned char rest[12];
};
node *notFirst(node &n) { return reinterpret_cast<node *>(n.rest); }
block *local() {
  alignas(block) static unsigned char room[sizeof(block)];
  return ::new (room) block;
}
