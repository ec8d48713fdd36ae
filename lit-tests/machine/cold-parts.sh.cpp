// What the compiler moves out of a function because it seldom runs (`take.cold`) is counted with the function and shown as its part:
// in objects, where it lies in another section, in linked files, and on both sides of a diff. From gcc, and from clang told which
// blocks are the hot ones.
//
// RUN: split-file %s %t
// RUN: %gxx -O2 -fPIC -c %t/take.cpp -o %t/gcc.o
// RUN: %snug asm %t/gcc.o %t/gcc.txt --verify --ignore-times
// RUN: %snug asm %t/gcc.o --function='^take$' | FileCheck %t/take.cpp --check-prefix=GCC
// RUN: %gxx -O2 -shared -nostdlib %t/gcc.o -o %t/gcc.so
// RUN: %snug asm %t/gcc.so %t/linked.txt --verify --ignore-times
// RUN: %clangxx --target=x86_64-linux-gnu -O2 -fbasic-block-sections=list=%t/hot.txt -c %t/take.cpp -o %t/clang.o
// RUN: %snug asm %t/clang.o %t/clang.txt --verify --ignore-times
// RUN: %snug asm %t/clang.o --function='^take$' --format=json | FileCheck %t/take.cpp --check-prefix=JSON
// The part's name selects the whole function; it is none of its own.
// RUN: %snug asm %t/gcc.o --function='take[.]cold' | FileCheck %t/take.cpp --check-prefix=GCC
// RUN: %snug asm --diff %t/gcc.o %t/clang.o | FileCheck %t/take.cpp --check-prefix=DIFF --implicit-check-not='only in'
// What must fail: the figures of the hot part alone.
// RUN: not %snug asm %t/gcc.o %t/wrong.txt --verify --ignore-times | FileCheck %t/take.cpp --check-prefix=WRONG
// Two sources with a function of one name: each part goes to its own.
// RUN: %gxx -O2 -c %t/one.cpp -o %t/one.o
// RUN: %gxx -O2 -c %t/two.cpp -o %t/two.o
// RUN: %gxx -O2 -shared -nostdlib %t/one.o %t/two.o -o %t/both.so
// RUN: %snug asm %t/both.so | FileCheck %t/two.cpp --check-prefix=TABLE --implicit-check-not=cold
// RUN: %snug asm %t/both.so --function='^step$' | FileCheck %t/two.cpp --check-prefix=BOTH

//--- take.cpp
// GCC-LABEL: take
// GCC-NEXT:    {{.*}} instructions, {{.*}} bytes; frame
// GCC-NEXT:    of these in the cold part: {{[1-9].*}} instructions, {{[1-9].*}} bytes
// GCC:         js .L{{[12]}}
// GCC:         ret
// GCC:         (elsewhere: take.cold)
// GCC-NEXT:    .L{{[12]}}:
// GCC-NOT:     not reached
// GCC:         call complain
// JSON:        "parts": [
// JSON-NEXT:     {
// JSON-NEXT:       "mangled": "take.cold",
// JSON:          "part": "take.cold"
// DIFF:        js .L{{[12]}}
// DIFF:        (elsewhere: take.cold)
// DIFF:        1 function differs: instructions
// WRONG:       error: 'take' has 6 loads; 3 were stated
extern "C" [[gnu::cold, gnu::noinline]] void complain(int *);
struct node {
  int value;
  node *next;
};
extern "C" int take(node *n, int *log) {
  if (n->value < 0) {
    complain(log);
    return *log + n->next->value;
  }
  return n->next->value;
}

//--- gcc.txt
EXPECT: take :: loads=6 spills=1 path_loads=4 entry_loads=3 chain=2 calls=1 tail_calls=0 cold_instructions>=7 cold_bytes>=20
//--- linked.txt
EXPECT: take :: loads=6 spills=1 path_loads=4 entry_loads=3 chain=2 calls=1 tail_calls=0 cold_instructions>=7
//--- clang.txt
EXPECT: take :: loads=6 path_loads=4 entry_loads=3 chain=2 calls=1 tail_calls=0 cold_instructions>=7
//--- wrong.txt
EXPECT: take :: loads=3
//--- hot.txt
v1
f take
c 0

//--- one.cpp
extern "C" [[gnu::cold, gnu::noinline]] void complain();
static __attribute__((noipa)) int step(int *p) asm("step");
static int step(int *p) {
  if (*p < 0)
    complain();
  return p[1];
}
extern "C" int one(int *p) { return step(p) + 1; }

//--- two.cpp
// TABLE-COUNT-2: {{ }}step
// TABLE:         4 functions
// BOTH:      step
// BOTH:      loads 3, chain
// BOTH:      (elsewhere: step.cold)
// BOTH:      step
// BOTH:      loads 5, chain
// BOTH:      (elsewhere: step.cold)
extern "C" [[gnu::cold, gnu::noinline]] void complain();
static __attribute__((noipa)) int step(int *p) asm("step");
static int step(int *p) {
  if (*p < 0)
    complain();
  return p[1] + p[20];
}
extern "C" int two(int *p) { return step(p) + 1; }
