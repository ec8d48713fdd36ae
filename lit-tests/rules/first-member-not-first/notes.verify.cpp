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
  // expected-note@+1 {{move 'left' to the front of 'cart', or make 'wheel' a base class of 'cart' and use static_cast, or store a pointer to the 'cart'}}
  return reinterpret_cast<cart *>(w);
}

// A number cannot be a base class, nor can what is final; and who has the whole needs no way to it.
struct wagon {
  long horses; // expected-note {{'horses' is the first member of 'wagon'}}
  int load;    // expected-note {{'load' is at offset 8 of 'wagon'; the cast does not adjust the address}}
};
wagon *ofANumber(wagon &w) {
  // expected-error@+2 {{'load' is not the first member of 'wagon' (that is 'horses'); the result still points to the 'int'}}
  // expected-note@+1 {{move 'load' to the front of 'wagon', or store a pointer to the 'wagon'}}
  return reinterpret_cast<wagon *>(&w.load);
}
struct spring final {
  int force;
};
struct clock {
  long time;     // expected-note 2 {{'time' is the first member of 'clock'}}
  spring wound;  // expected-note 2 {{'wound' is at offset 8 of 'clock'; the cast does not adjust the address}}
};
clock *ofSomethingFinal(spring *s) {
  // expected-error@+2 {{'wound' is not the first member of 'clock' (that is 'time'); the result still points to the 'spring'}}
  // expected-note@+1 {{move 'wound' to the front of 'clock', or store a pointer to the 'clock'}}
  return reinterpret_cast<clock *>(s);
}
spring *down(clock *c) {
  // expected-error@+2 {{'wound' is not the first member of 'clock' (that is 'time'); the result still points to the 'clock'}}
  // expected-note@+1 {{move 'wound' to the front of 'clock', or take the address of the member, which needs no cast}}
  return reinterpret_cast<spring *>(c);
}
