// A bit-field at the start of a class takes its first byte: the member behind it is not where the class begins, whether or
// not the letter counts the bit-field as a member. [class.mem.general]/31.
// RUN: %verify_both %s --ignore-notes

struct door {
  int height;
};
struct flags {
  unsigned locked : 1;
  unsigned open : 1;
  door front;
};
flags *named(door *d) {
  return reinterpret_cast<flags *>(d); // expected-error {{the bit-field 'locked' at the start of 'flags' keeps 'front' from its address; the result still points to the 'door' [snug-first-member-bit-field]}}
}
door *down(flags *f) {
  return reinterpret_cast<door *>(f); // expected-error {{the bit-field 'locked' at the start of 'flags' keeps 'front' from its address; the result still points to the 'flags'}}
}
struct reserved {
  int : 8;
  door front;
};
reserved *unnamed(door *d) {
  return (reserved *)d; // expected-error {{an unnamed bit-field at the start of 'reserved' keeps 'front' from its address}}
}
reserved &ofAReference(door &d) {
  return reinterpret_cast<reserved &>(d); // expected-error {{an unnamed bit-field at the start of 'reserved'}}
}
struct prefix {
  unsigned kind : 4;
  door front;
};
struct gate : prefix {};
gate *inherited(door *d) {
  void *anything = d;
  return static_cast<gate *>(anything); // expected-error {{the bit-field 'kind' at the start of 'gate' keeps 'front' from its address}}
}
struct house {
  prefix entrance;
};
house *deeper(door *d) {
  return reinterpret_cast<house *>(d); // expected-error {{the bit-field 'kind' at the start of 'prefix' keeps 'front' from its address}}
}
prefix *theNumberNamed(prefix &p) {
  return reinterpret_cast<prefix *>(&p.front); // expected-error {{the bit-field 'kind'}}
}
