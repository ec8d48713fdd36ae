// A system header's function is not the user's code and silent by default; its macro, used in the user's file, is
// reported where it is used. [intro.object]/3.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <theirs.h>

auto *a(slot *p) { return their_step(p); }
auto *b(slot *p) { return THEIR_STEP(p); } // expected-warning {{the 'part' lives in the bytes of 'bytes'}}
