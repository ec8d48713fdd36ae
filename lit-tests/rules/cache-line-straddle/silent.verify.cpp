// Silent: groups that no object has in two lines, tables that are aligned or larger than a line, and members of which
// nobody said that they are hot. [basic.align]/1.
// RUN: %verify_both %s -- --target=x86_64-linux-gnu -isystem %S/Inputs/system
// expected-no-diagnostics
#include <snug/expect.hpp>
#include <system_tables.h>

struct alignas(16) pair {
  SNUG(hot(1)) void *head;
  SNUG(hot(1)) void *tail;
};
struct alignas(64) lined {
  SNUG(hot(1)) long a;
  char cold[48];
  SNUG(hot(1)) long b;
  SNUG(hot(2)) long c;
  SNUG(hot(2)) long d[7];
};
// 8 aligned bytes never cross, wherever they are.
struct word {
  char cold[60];
  SNUG(hot(1)) long a;
};
// An empty member has no bytes.
struct empty {};
struct with_empty {
  SNUG(hot(1)) long a;
  long cold[9];
  [[no_unique_address]] SNUG(hot(1)) empty e;
};
// Nor has it where its like is at the front.
struct with_empty_behind {
  [[no_unique_address]] empty in_front;
  SNUG(hot(1)) long a;
  long cold[9];
  [[no_unique_address]] SNUG(hot(1)) empty e;
};
struct nobody_said {
  char cold[60];
  int a[9];
};
// A pattern has no layout.
template <class T> struct pattern {
  SNUG(hot(1)) T a[2];
};

using handler = void (*)();
void f();
alignas(64) static const handler aligned[3] = {f, f, f};
static const handler two[2] = {f, f};                            // aligned to 16 by the ABI
static const handler many[] = {f, f, f, f, f, f, f, f, f, f, f}; // several lines wherever it is
static handler changing[3] = {f, f, f};
extern const handler elsewhere[3];
struct alignas(64) context {
  handler handlers[8];
};
// Where the object begins in its line is not known; what is larger than a line takes several anyway.
struct anywhere {
  char cold[40];
  handler handlers[4];
};
struct alignas(64) with_many {
  char cold[40];
  handler handlers[9];
};
struct [[clang::suppress("snug-cache-line-straddle")]] silenced {
  SNUG(hot(1)) char a[24];
};
