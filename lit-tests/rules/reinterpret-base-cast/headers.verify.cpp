// A system header's function is not the user's code and silent by default; its macro, used in the user's file, is
// reported where it is used. [expr.static.cast]/12.
// RUN: %verify_both %s --ignore-notes -- -Wno-reinterpret-base-class -isystem %S/Inputs/system
#include <theirs.h>

auto *a(part *p) { return their_step(p); }
auto *b(part *p) { return THEIR_STEP(p); } // expected-error {{reinterpret_cast between 'whole' and its base 'part' does not adjust the address}}
