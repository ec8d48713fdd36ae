// What cannot be promised is refused where it is written, one message per cause; nearest names are offered.
// REQUIRES: plugin
// RUN: %verify_plugin %s
#include <snug/expect.hpp>

// expected-error@+1 {{'siz' is not the name of an expectation; did you mean 'size'?}}
struct SNUG(siz(16)) misspelt {};
// expected-error@+1 {{'weight' is not the name of an expectation}}
struct SNUG(weight(16)) unknown {};
struct SNUG() nothing {};                // expected-error {{an expectation was begun and nothing is stated}}
struct SNUG(align(4, 5)) two_numbers {}; // expected-error {{align' attribute takes one argument}}
struct SNUG(size) no_number {};          // expected-error {{size' attribute takes one argument}}
struct SNUG(size(-1)) negative {};       // expected-error {{the number stated for 'size' is negative: -1}}
struct SNUG(size(1.5)) fraction {};      // expected-error {{the number stated for 'size' is not an integer constant}}
int variable;
struct SNUG(size(variable)) not_constant {}; // expected-error {{the number stated for 'size' is not an integer constant}}
struct SNUG(size(nowhere)) undeclared {};    // expected-error {{use of undeclared identifier 'nowhere' in an expectation}}
// expected-error@+1 {{the condition of an expectation is not a constant}}
struct SNUG_WHEN(variable == 1, size(1)) condition {};

// expected-error@+1 {{'loads' is stated on a class, an alias or a variable; it can be stated on a function}}
struct SNUG(loads(1)) wrong_subject {};
// expected-error@+1 {{'size' is stated on a function; it can be stated on a class, an alias or a variable}}
SNUG(size(1)) void function();
// expected-error@+1 {{'size' is stated on this declaration; it can be stated on a class, an alias or a variable}}
void parameter(SNUG(size(4)) int x);
struct member {
  // expected-error@+1 {{'size' is stated on a non-static data member; it can be stated on a class, an alias or a variable}}
  SNUG(size(4)) int x;
};

// The unscoped name is somebody else's.
[[size(3)]] int other; // expected-warning {{unknown attribute 'size' ignored}}
