// Must fail: an expected diagnostic that nobody emits. If this passes, no .verify.cpp proves anything.
// RUN: %verify_plugin %s
int harmless; // expected-warning {{a warning that no rule gives}}
