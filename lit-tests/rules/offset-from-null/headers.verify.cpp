// What a system header writes is its own affair, a macro of it included: there is no other offsetof where it is a macro
// like this. [expr.ref].
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <theirs.h>

unsigned long a() { return their_offset(); }
unsigned long b() { return their_offsetof(record, y); }
unsigned long c() { return (unsigned long)&((record *)0)->y; } // expected-error {{hand-written offsetof: there is no 'record' at this address for 'y' to be a member of}}
