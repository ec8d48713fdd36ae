// What takes the first byte, where the member really is, what to move. [class.mem.general]/31.
// RUN: %verify_both %s

struct door {
  int height;
};
struct flags {
  unsigned locked : 1; // expected-note {{a bit-field has no address that a pointer could share}} expected-note {{move the bit-field behind 'front'}}
  door front;          // expected-note {{'front' is at offset 4 of 'flags'; the cast does not adjust the address}}
};
flags *named(door *d) {
  return reinterpret_cast<flags *>(d); // expected-error {{the bit-field 'locked' at the start of 'flags' keeps 'front' from its address}}
}

struct reserved {
  int : 8;    // expected-note {{the bit-field is no member, so that by the letter 'front' is the first; it takes the first byte all the same}} expected-note {{move the bit-field behind 'front'}}
  door front; // expected-note {{'front' is at offset 4 of 'reserved'}}
};
reserved *unnamed(door *d) {
  return reinterpret_cast<reserved *>(d); // expected-error {{an unnamed bit-field at the start of 'reserved' keeps 'front' from its address}}
}

template <unsigned Width>
struct sized {
  unsigned kind : Width; // expected-note {{a bit-field has no address that a pointer could share}} expected-note {{move the bit-field behind 'front'}}
  door front;            // expected-note {{'front' is at offset 4 of 'sized<3>'}}
  static sized *of(door *d) {
    return reinterpret_cast<sized *>(d); // expected-error {{the bit-field 'kind' at the start of 'sized<3>' keeps 'front' from its address}}
  }
};
auto *a(door *d) { return sized<3>::of(d); } // expected-note {{in instantiation of 'sized<3>::of' requested here}}
