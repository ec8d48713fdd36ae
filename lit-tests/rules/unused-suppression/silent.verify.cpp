// What silences something; what may silence something elsewhere; what other checkers are told. [dcl.attr.grammar]/6.
// RUN: %verify_both %s
// expected-no-diagnostics
#include "Inputs/header.hpp"

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
[[clang::suppress("snug-first-member-not-first")]] parent *used(child *p) { return reinterpret_cast<parent *>(p); }
parent *by_comment(child *p) { return reinterpret_cast<parent *>(p); } // NOLINT(snug-first-member-not-first)
// NOLINTNEXTLINE(snug-*,-snug-container-of-offsetof)
parent *by_glob(child *p) { return reinterpret_cast<parent *>(p); }

int everything(); // NOLINT
int all_of_ours(); // NOLINT(snug-*)
struct [[clang::suppress]] without_name {};
struct [[clang::suppress("snug")]] all_rules {};
struct [[clang::suppress("core.NullDereference")]] of_others {}; // NOLINT(bugprone-frist)

// Other instantiations may need it, and other files the definition.
template <class T> [[clang::suppress("snug-first-member-not-first")]] T *instance(child *p) {
  return reinterpret_cast<T *>(p);
}
template <class T> struct box {
  [[clang::suppress("snug-first-member-not-first")]] static T *of(child *p) { return reinterpret_cast<T *>(p); }
  struct [[clang::suppress("snug-layout-expectation")]] inner {};
};
[[clang::suppress("snug-first-member-not-first")]] parent *declared(child *p);
child *use(child *p) { return instance<child>(box<child>::of(p)); }

// These rules look for the attribute at other classes than that of the finding; this one is off as configured.
struct [[clang::suppress("snug-stored-back-pointer")]] pointed_to {};
struct [[clang::suppress("snug-oversized-operation")]] large {};
struct [[clang::suppress("snug-padding-hole")]] hole {
  char c;
  long l;
};

// Nor is this rule asked about itself; and what a template holds, other instantiations may need.
int nothing(); // NOLINT(snug-unused-suppression)
// NOLINTNEXTLINE(snug-unused-suppression)
int nothing_either();
template <class T> struct [[clang::suppress("snug-layout-expectation")]] attributed {
  T member;
};
attributed<int> instantiated;
box<child>::inner of_an_instantiation;
template <class T> T *by_a_statement(child *p) {
  [[clang::suppress("snug-first-member-not-first")]] return reinterpret_cast<T *>(p);
}
child *use_statement(child *p) { return by_a_statement<child>(p); }
