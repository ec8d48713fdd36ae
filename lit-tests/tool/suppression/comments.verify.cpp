// NOLINT comments silence as in clang-tidy, in every host: their line, the next line, the lines between two, all rules or
// those a list of globs names; in a macro's definition, and where it is used.
// RUN: %verify_both %s --ignore-notes "--without=clang-tidy:it reads such comments itself, and warns of unbalanced ones"
#include <snug/expect.hpp>

struct SNUG(size(4)) here { // NOLINT
  long a;
};
struct SNUG(size(4)) named { // NOLINT(snug-layout-expectation) because it is foreign
  long a;
};
struct SNUG(size(4)) by_glob { // NOLINT(readability-*, snug-layout*)
  long a;
};
// NOLINTNEXTLINE
struct SNUG(size(4)) below {
  long a;
};
// NOLINTNEXTLINE(snug-*)
struct SNUG(size(4)) below_named {
  long a;
};
// NOLINTBEGIN(snug-layout-expectation)
struct SNUG(size(4)) between {
  long a;
};
// NOLINTBEGIN
struct SNUG(size(4)) deeper {
  long a;
};
// NOLINTEND
struct SNUG(size(4)) still_between {
  long a;
};
// NOLINTEND(snug-layout-expectation)

// expected-remark@+1 {{'snug-stored-back-pointer' is silenced here and finds nothing}}
struct SNUG(size(4)) other_rule { // NOLINT(snug-stored-back-pointer) expected-error {{'other_rule' is 8 bytes}}
  long a;
};
struct SNUG(size(4)) taken_back { // NOLINT(snug-*, -snug-layout-*) expected-error {{'taken_back' is 8 bytes}}
  long a;
};
struct SNUG(size(4)) empty_list { // NOLINT() expected-error {{'empty_list' is 8 bytes}}
  long a;
};
struct SNUG(size(4)) other_word { // NOLINTED expected-error {{'other_word' is 8 bytes}}
  long a;
};
// NOLINTNEXTLINE

struct SNUG(size(4)) two_below { // expected-error {{'two_below' is 8 bytes}}
  long a;
};
// An end that names another list ends nothing, and a beginning without its end begins nothing.
// expected-warning-re@+1 {{this {{.+}}BEGIN silences nothing}}
// NOLINTBEGIN(snug-layout-expectation)
struct SNUG(size(4)) unbalanced { // expected-error {{'unbalanced' is 8 bytes}}
  long a;
};
// expected-warning-re@+1 {{this {{.+}}END ends nothing}}
// NOLINTEND(snug-*)

struct child {
  int v;
};
struct parent {
  int x;
  child c;
};
#define SILENT_UP(p) reinterpret_cast<parent *>(p) // NOLINT(snug-first-*)
#define UP(p) reinterpret_cast<parent *>(p)
#define NESTED_UP(p) UP(p) // NOLINT
parent *silent_by_definition(child *p) { return SILENT_UP(p); }
parent *silent_in_between(child *p) { return NESTED_UP(p); }
parent *silent_where_used(child *p) { return UP(p); } // NOLINT(snug-first-member-not-first)
parent *loud(child *p) { return UP(p); }              // expected-error {{'c' is not the first member}}
