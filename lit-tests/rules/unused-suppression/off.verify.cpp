// Whoever does not ask for this rule hears nothing of it. [dcl.attr.grammar]/6.
// RUN: %verify_both %s --checks=layout-expectation
// expected-no-diagnostics

struct [[clang::suppress("snug-layout-expectation")]] on {};
struct [[clang::suppress("snug-first-members")]] unknown {};
int comment(); // NOLINT(snug-layout-expectation)
