// A stripped library still shows what it exports, and says how much of its code nothing is known of.
//
// RUN: %clangxx --target=x86_64-linux-gnu -O1 -fPIC -shared -nostdlib %s -o %t.so
// RUN: %snug asm %t.so > %t.txt 2>&1
// RUN: FileCheck %s --input-file=%t.txt --check-prefix=WHOLE --implicit-check-not=note
// RUN: llvm-strip -s %t.so -o %t.stripped.so
// RUN: %snug asm %t.stripped.so 2>&1 | FileCheck %s
// What was asked for is there: nothing is missing from it.
// RUN: %snug asm %t.stripped.so --function=exported 2>&1 | FileCheck %s --check-prefix=ONE --implicit-check-not=note

// WHOLE: hidden
// CHECK: snug: note: '{{.*}}.stripped.so' has no local symbols (stripped?): {{[1-9][0-9]*}} of {{[0-9]+}} bytes of code lie in no function with a name and are left out
// CHECK-NOT: hidden
// CHECK: exported
// ONE: exported
extern "C" [[gnu::noinline, gnu::visibility("hidden")]] int hidden(int *p) { return *p + 1; }
extern "C" int exported(int *p) { return hidden(p) * 3; }
