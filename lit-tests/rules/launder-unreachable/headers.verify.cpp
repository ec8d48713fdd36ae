// A system header's function is not the user's code and silent by default; its macro, used in the user's file, is
// reported where it is used. [ptr.launder]/2.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <theirs.h>

auto *a(part *p) { return their_step(p); }
auto *b(part *p) { return THEIR_STEP(p); } // expected-error {{std::launder may not reach 'more'}}
