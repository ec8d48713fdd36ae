// An expectation on a type that is never completed, or on an alias template, selects nothing: that is an error, not
// silence. [basic.types.general]/5, [temp.alias]/1.
// RUN: %verify_both %s
#include <snug/expect.hpp>

struct declared_only;
// expected-error@+1 {{'size' is stated of the incomplete type 'declared_only'}}
using incomplete SNUG(size(8)) = declared_only;
// expected-error@+1 {{'max_size' is stated of the incomplete type 'declared_only'}}
SNUG(max_size(8)) extern declared_only variable;
struct SNUG(size(8)) never; // expected-error {{'size' is stated of the incomplete type 'never'}}

// expected-error@+1 {{'size' is stated on the alias template 'every', where no instantiation inherits it}}
template <class T> using every SNUG(size(8)) = T *;

// Completed later: the promise is inherited.
struct SNUG(size(4)) later; // expected-note {{size was stated here}}
struct later {              // expected-error {{'later' is 8 bytes; 4 bytes were stated}}
  int a;
  int b; // expected-note {{4 bytes at offset 4 hold 'b', of type 'int'}}
};
