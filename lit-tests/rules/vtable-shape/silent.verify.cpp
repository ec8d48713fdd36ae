// Silent: tables in one line, tables that no member points to, tables that change, classes with something else in them,
// and what a system header defines. [basic.align]/1.
// RUN: %verify_both %s -- --target=x86_64-linux-gnu -isystem %S/Inputs/system
// expected-no-diagnostics
#include <system_ops.h>
void f(void *);
using entry = void (*)(void *);

struct alignas(64) flat {
  entry a[8];
};
constexpr flat full = {{f, f, f, f, f, f, f, f}};
struct alignas(32) half {
  entry a, b, c, d;
};
constexpr half split = {f, f, f, f};
struct by_variable {
  entry a, b, c;
};
alignas(32) constexpr by_variable aligned_here = {f, f, f};
struct single {
  entry only;
  unsigned long size;
};
constexpr single one = {f, 8};

// A set of callbacks that is passed, not pointed to.
struct callbacks {
  entry opened, closed, failed;
};
constexpr callbacks defaults = {f, f, f};
void listen(callbacks const &);

// A set of callbacks that an object holds.
struct listener {
  callbacks on;
};

struct changing {
  entry a, b, c;
};
static changing current = {f, f, f};
// Objects point to tables of their own, which they change; the constant is what these start as.
struct adjustable {
  entry a, b, c;
};
constexpr adjustable at_first = {f, f, f};
struct has_adjustable {
  adjustable *ops;
};
// Where a table on the stack lies is decided by the call.
struct on_the_stack {
  entry a, b, c;
};
struct has_on_the_stack {
  on_the_stack const *ops;
};
void local_table() {
  const on_the_stack ops = {f, f, f};
  has_on_the_stack use{&ops};
  (void)use;
}

// Mostly data.
struct command {
  char const *name;
  char const *help;
  entry run, complete;
};
constexpr command commands[] = {{"a", "b", f, f}, {"c", "d", f, f}};
struct no_scalar {
  struct {
    virtual void g();
  } member;
  entry a, b, c;
};

struct everything {
  flat const *f0 = &full;
  half const *f1 = &split;
  by_variable const *f2 = &aligned_here;
  single const *f3 = &one;
  changing const *f4 = &current;
  changing *f5 = &current;
  command const *f6 = commands;
  system_ops const *f7 = &system_table;
};

struct [[clang::suppress("snug-vtable-shape")]] silenced {
  entry a, b, c;
};
constexpr silenced quiet = {f, f, f};
struct has_silenced {
  silenced const *ops = &quiet;
};
