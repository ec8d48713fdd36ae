// A system header's function is not the user's code and silent by default; its macro, used in the user's file, is
// reported where it is used. [expr.add]/4.
// RUN: %verify_both %s --ignore-notes -- -Wno-array-bounds -isystem %S/Inputs/system
#include <theirs.h>

int *a(whole *w) { return their_step(w); }
int *b(whole *w) { return THEIR_STEP(w); } // expected-error {{the pointer moves 3 elements to index 3 of 'first', which has 2 elements}}
