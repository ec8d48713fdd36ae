// back_pointers counts distinct offsets that hold the address of a part of the same object; where bytes or a void
// pointer may hide one, the answer is undecided, never zero. P3425R1.
// RUN: %verify_both %s
#include <snug/expect.hpp>

namespace counted {
struct parent;
struct child {
  explicit child(parent &p) : up(p) {}
  // The notes of stored-back-pointer follow here, too.
  // expected-note@+1 2 {{8 bytes at offset 0 hold 'up', a reference to the enclosing 'counted::parent'}}
  parent &up;
};
// expected-note@+4 {{is 8 bytes; without its back-pointers it could be 1}}
// expected-warning@+3 {{class 'counted::parent' stores 1 back-pointer, 8 bytes, that its address already determines}}
// expected-error@+2 {{'counted::parent' holds 1 back-pointer; 0 back-pointers were stated}}
// expected-note@+1 {{back-pointers were stated here}}
struct SNUG(back_pointers(0)) parent {
  parent() : first(*this) {}
  parent(parent &&) = delete;
  child first; // expected-note 2 {{'up' is redundant because 'first' is always a member of 'counted::parent', at offset 0}}
};
struct SNUG(back_pointers(0), padding(0)) leaf {
  long value;
  leaf *next;
};
} // namespace counted

namespace undecided {
// expected-remark@+2 {{the back-pointers of 'undecided::erased' cannot be counted; 0 back-pointers were stated}}
// expected-note@+1 {{back-pointers were stated here}}
struct SNUG(back_pointers(0)) erased {
  void *anything; // expected-note {{'anything' at offset 0, a pointer to anything, may be one}}
};
// expected-remark@+2 {{the back-pointers of 'undecided::bytes' cannot be counted; at most 1 back-pointer was stated}}
// expected-note@+1 {{back-pointers were stated here}}
struct SNUG(max_back_pointers(1)) bytes {
  alignas(8) unsigned char storage[24]; // expected-note {{24 bytes at offset 0 in 'storage' may hide one}}
};
} // namespace undecided
