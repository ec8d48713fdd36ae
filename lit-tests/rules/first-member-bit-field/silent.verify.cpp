// Bit-fields behind the member, of width 0, in a union; members further back, which another rule speaks of.
// [class.mem.general]/31.
// RUN: %verify_both %s --checks=first-member-bit-field
// expected-no-diagnostics

struct door {
  int height;
};
struct flags_behind {
  door front;
  unsigned locked : 1;
  int : 0;
};
flags_behind *up(door *d) { return reinterpret_cast<flags_behind *>(d); }
door *down(flags_behind *f) { return reinterpret_cast<door *>(f); }

struct aligned {
  int : 0;
  door front;
};
aligned *zeroWidth(door *d) { return reinterpret_cast<aligned *>(d); }

union either {
  unsigned locked : 1;
  door front;
};
either *inAUnion(door *d) { return reinterpret_cast<either *>(d); }

struct later {
  unsigned locked : 1;
  long between;
  door front;
};
later *notTheNext(door *d) { return reinterpret_cast<later *>(d); } // first-member-not-first's

struct packed {
  unsigned locked : 1;
  door front;
};
unsigned char *bytes(packed *p) { return reinterpret_cast<unsigned char *>(p); }
int *unseenNumber(packed *p) { return reinterpret_cast<int *>(p); }
packed *roundTrip(packed *p) { return static_cast<packed *>(static_cast<void *>(p)); }
