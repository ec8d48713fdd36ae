// Every note: what is first, where the member really is, and what to write instead. [class.mem.general]/31.
// RUN: %verify_both %s

struct wheel {
  int spokes;
};
struct cart {
  long horses; // expected-note {{'horses' is the first member of 'cart'}}
  wheel left;  // expected-note {{'left' is at offset 8 of 'cart'; the cast does not adjust the address}}
};
cart *up(wheel *w) {
  // expected-error@+2 {{'left' is not the first member of 'cart' (that is 'horses'); the result still points to the 'wheel' [snug-first-member-not-first]}}
  // expected-note@+1 {{move 'left' to the front of 'cart', or make 'wheel' a base class and use static_cast}}
  return reinterpret_cast<cart *>(w);
}
