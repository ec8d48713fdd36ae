// A cast in a system header is not the user's; one that a user's file makes of a system header's classes is.
// [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes -- -isystem %S/Inputs/system
#include <handles.h>

whole *theirs(part *p) { return to_whole(p); }
whole *ours(part *p) { return reinterpret_cast<whole *>(p); } // expected-warning {{'whole' is not pointer-interconvertible with its first member 'p'}}
