// An array and its first element share an address and are not pointer-interconvertible: a pointer to the element converts
// neither to the array nor to the class that starts with it. [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes
#include <cstddef>

struct block {
  unsigned char bytes[16];
};
using sixteen = unsigned char[16];

sixteen *array(block *b) {
  return reinterpret_cast<sixteen *>(b->bytes); // expected-warning {{a pointer to the first element of 'bytes' does not convert to the array [snug-array-element-not-interconvertible]}}
}
block *decayed(block &b) {
  return reinterpret_cast<block *>(b.bytes); // expected-warning {{a pointer to the first element of 'bytes' does not convert to the 'block' that starts with the array}}
}
block *elementZero(block &b) {
  return (block *)&b.bytes[0]; // expected-warning {{a pointer to the first element of 'bytes' does not convert to the 'block'}}
}
block *throughALocal(block &b) {
  unsigned char *first = b.bytes;
  return reinterpret_cast<block *>(first); // expected-warning {{a pointer to the first element of 'bytes'}}
}
// A parameter that points to bytes, and a class that is nothing but bytes.
block *parameter(unsigned char *first) {
  return reinterpret_cast<block *>(first); // expected-warning {{a pointer to the first element of 'bytes' does not convert to the 'block'}}
}
sixteen *parameterToArray(unsigned char *first) {
  return reinterpret_cast<sixteen *>(first); // expected-warning {{a pointer to the first element of 'sixteen' does not convert to the array}}
}
struct digest {
  std::byte sum[32];
};
const digest *parameterOfBytes(const std::byte *first) {
  return reinterpret_cast<const digest *>(first); // expected-warning {{a pointer to the first element of 'sum'}}
}
// Arrays of anything.
struct wheel {
  int spokes;
};
struct cart {
  wheel all[4];
  int load;
};
cart *ofWheels(cart &c) {
  return reinterpret_cast<cart *>(c.all); // expected-warning {{a pointer to the first element of 'all' does not convert to the 'cart' that starts with the array}}
}
int sum(int (&matrix)[2][3]) {
  auto *row = reinterpret_cast<int (*)[3]>(&matrix[1][0]); // expected-warning {{does not convert to the array}}
  return (*row)[0];
}
