// Classes whose own holes reach the threshold of the configuration, with the order that has fewer. [class.mem.general]/20.
// RUN: %verify_both %s --config=%S/Inputs/eight.yaml -- --target=x86_64-linux-gnu

// expected-warning@+2 {{'scattered' has 14 bytes of padding in 2 holes; 8 are reported}}
// expected-note@+1 {{declared in the order 'value', 'first', 'last' it would take 16 bytes instead of 24}}
struct scattered {
  char first; // expected-note {{7 bytes at offset 1 are padding behind 'first'}}
  long value;
  char last; // expected-note {{7 bytes at offset 17 are tail padding behind 'last'}}
};

// The holes of a member are those of its class; what an alignment asks for no order avoids.
struct alignas(32) aligned { // expected-warning {{'aligned' has 24 bytes of padding in 1 hole}}
  scattered *inside;         // expected-note {{24 bytes at offset 8 are tail padding behind 'inside'}}
};

// Members begin behind the bases and the pointer to virtual functions.
// expected-warning@+2 {{'poly' has 11 bytes of padding in 2 holes}}
// expected-note@+1 {{declared in the order 'b', 'c', 'a' it would take 24 bytes instead of 32}}
struct poly {
  virtual void f();
  char a; // expected-note {{7 bytes at offset 9 are padding behind 'a'}}
  long b;
  int c; // expected-note {{4 bytes at offset 28 are tail padding behind 'c'}}
};

// No order is offered where members share bytes: bit-fields.
struct bits { // expected-warning {{'bits' has 14 bytes of padding in 2 holes}}
  unsigned a : 4; // expected-note {{60 bits at bit 4 of offset 0 are padding behind the bit-field 'a'}}
  long b;
  char c; // expected-note {{7 bytes at offset 17 are tail padding behind 'c'}}
};

// One finding for a template, that of the largest.
// expected-warning@+3 {{'pair<char, long>' has 14 bytes of padding in 2 holes}}
// expected-note@+2 {{declared in the order 'second', 'first', 'flag' it would take 16 bytes instead of 24}}
// expected-note@+1 {{the same holds in 1 other specialisation}}
template <class A, class B> struct pair {
  A first; // expected-note {{7 bytes at offset 1 are padding behind 'first'}}
  B second;
  bool flag; // expected-note {{7 bytes at offset 17 are tail padding behind 'flag'}}
};
pair<int, long> eleven;
pair<char, long> fourteen;
pair<long, long> seven;

// As much as the threshold is enough.
// expected-warning@+2 {{'exactly' has 8 bytes of padding in 2 holes; 8 are reported}}
// expected-note@+1 {{declared in the order 'b', 'a', 'c' it would take 16 bytes instead of 24}}
struct exactly {
  int a; // expected-note {{4 bytes at offset 4 are padding behind 'a'}}
  long b;
  int c; // expected-note {{4 bytes at offset 20 are tail padding behind 'c'}}
};

// No order is offered where more than the members' types decides: packing, virtual bases, members that share bytes.
#pragma pack(push, 4)
struct packed { // expected-warning {{'packed' has 9 bytes of padding in 3 holes}}
  char a;       // expected-note {{3 bytes at offset 1 are padding behind 'a'}}
  long b;
  char c; // expected-note {{3 bytes at offset 13 are padding behind 'c'}}
  long d;
  char e; // expected-note {{3 bytes at offset 25 are tail padding behind 'e'}}
};
#pragma pack(pop)
struct virtual_base {
  long a;
};
struct virtually : virtual virtual_base { // expected-warning {{'virtually' has 14 bytes of padding in 2 holes}}
  char a; // expected-note {{7 bytes at offset 9 are padding behind 'a'}}
  long b;
  char c; // expected-note {{7 bytes at offset 25 are padding behind 'c'}}
};
struct with_room {
  with_room();
  long a;
  char b;
};
struct shares { // expected-warning {{'shares' has}}
  char a; // expected-note {{7 bytes at offset 1 are padding behind 'a'}}
  long c;
  char d; // expected-note {{7 bytes at offset 17 are padding behind 'd'}}
  [[no_unique_address]] with_room b; // expected-note {{7 bytes at offset 33 are tail padding behind 'b'}}
};
