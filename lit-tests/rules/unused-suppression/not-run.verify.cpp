// A rule that does not run finds nothing anywhere; a name that no rule has is none in any run. [dcl.attr.grammar]/6.
// RUN: %verify_both %s --checks=unused-suppression,layout-expectation

struct [[clang::suppress("snug-first-member-not-first")]] off {};
// expected-remark@+1 {{'snug-layout-expectation' is silenced here and finds nothing}}
struct [[clang::suppress("snug-layout-expectation")]] on {};
// expected-warning@+1 {{no rule is called 'snug-first-members'}}
struct [[clang::suppress("snug-first-members")]] unknown {};
