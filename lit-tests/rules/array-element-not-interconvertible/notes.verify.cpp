// The array, and the two ways to its address. [basic.compound]/7.
// RUN: %verify_both %s

struct block {
  unsigned char bytes[16]; // expected-note 3 {{an array and its first element share an address, but are not pointer-interconvertible}}
};
block *decayed(block &b) {
  // expected-warning@+2 {{a pointer to the first element of 'bytes' does not convert to the 'block' that starts with the array}}
  // expected-note@+1 {{take the address of the array, or wrap the cast: 'std::launder(…)'}}
  return reinterpret_cast<block *>(b.bytes);
}
block *parameter(unsigned char *first) {
  // expected-warning@+2 {{a pointer to the first element of 'bytes' does not convert to the 'block'}}
  // expected-note@+1 {{pass a pointer to the array, or wrap the cast: 'std::launder(…)'}}
  return reinterpret_cast<block *>(first);
}
template <class To>
To *any(block &b) {
  // expected-warning@+2 {{a pointer to the first element of 'bytes' does not convert to the 'block'}}
  // expected-note@+1 {{take the address of the array}}
  return reinterpret_cast<To *>(&b.bytes[0]);
}
auto *a(block &b) { return any<block>(b); } // expected-note {{in instantiation of 'any<block>' requested here}}
auto *b(block &b) { return any<long>(b); }
