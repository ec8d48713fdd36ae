// [[clang::suppress]] and [[gsl::suppress]] reach what they are written on: namespaces, classes, members, functions,
// variables, lambdas, enumerations of statements; templates with their instantiations.
// RUN: %verify_both %s --ignore-notes
#include <snug/expect.hpp>

namespace [[clang::suppress("snug-layout-expectation")]] quiet {
struct SNUG(size(4)) in_namespace {
  long a;
};
} // namespace quiet
struct [[gsl::suppress("snug-layout-expectation")]] outer {
  struct SNUG(size(4)) nested {
    long a;
  };
};
struct with_member {
  char c;
  [[clang::suppress("snug")]] SNUG(offset(4)) long a;
  SNUG(offset(4)) long b; // expected-error {{'b' is at offset 16}}
};
[[clang::suppress("snug-layout-expectation")]] SNUG(size(4)) long variable = 0;
SNUG(size(4)) long loud_variable = 0; // expected-error {{is 8 bytes}}

[[clang::suppress("snug-layout-expectation")]] void function() {
  struct SNUG(size(4)) local {
    long a;
  };
  local l{};
  (void)l;
}
void statements() {
  [[clang::suppress("snug-layout-expectation")]] {
    SNUG(size(4)) long in_block = 0;
    (void)in_block;
  }
  [[clang::suppress("snug-layout-expectation")]] for (int i = 0; i != 1; ++i) {
    SNUG(size(4)) long in_loop = i;
    (void)in_loop;
  }
  [[clang::suppress("snug-layout-expectation")]] if (SNUG(size(4)) long condition = 0)(void) condition;
  SNUG(size(4)) long loud = 0; // expected-error {{is 8 bytes}}
  (void)loud;
}
template <class T> struct [[clang::suppress("snug-layout-expectation")]] box {
  struct SNUG(size(4)) inner {
    T t;
  };
  [[gsl::suppress("snug-layout-expectation")]] static void member() {
    SNUG(size(4)) T local{};
    (void)local;
  }
};
box<long>::inner instance;
void use() { box<long>::member(); }
