// A system header is not the user's code: silent by default. A header of the project is. [expr.add]/4.
// RUN: %verify_both %s -- -isystem %S/Inputs/system -I%S/Inputs/project
#include <system_up.h>

#include "project_up.h"

theirs *a(child *p) { return system_up(p); }
ours *b(child *p) { return project_up(p); }
// expected-warning@project_up.h:* {{the address of the enclosing 'ours'}}
// expected-note@project_up.h:* {{'c' is a member subobject}}
// expected-note@project_up.h:* {{make 'child' a base class of 'ours'}}
