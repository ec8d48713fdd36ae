// The same function read as object, member of an archive, part of an executable and of a shared object, and as assembly
// text from clang (both syntaxes) and gcc: the same figures, as long as the linker changes nothing.
//
// RUN: rm -rf %t && mkdir %t
// RUN: %clangxx -O2 --target=x86_64-linux-gnu -fPIC -c %s -o %t/a.o
// RUN: llvm-ar rc %t/a.a %t/a.o
// RUN: %clangxx -O2 -fPIC -shared %s -o %t/a.so
// RUN: %clangxx -O2 -fPIC -DMAIN %s -o %t/a.exe
// RUN: %clangxx -O2 -fPIC -S %s -o %t/att.s
// RUN: %clangxx -O2 -fPIC -S -masm=intel %s -o %t/intel.s
// RUN: %snug asm %t/a.o %s --verify
// RUN: %snug asm %t/a.a %s --verify
// RUN: %snug asm %t/a.so %s --verify
// RUN: %snug asm %t/a.exe %s --verify
// RUN: %snug asm %t/att.s %s --verify
// RUN: %snug asm %t/intel.s %s --verify
//
// gcc: its own figures, the same from object and text.
// RUN: %gxx -O2 -fPIC -c %s -o %t/g.o
// RUN: %gxx -O2 -fPIC -S %s -o %t/g.s
// RUN: %snug asm %t/g.o %s --verify
// RUN: %snug asm %t/g.s %s --verify
//
// Messages name the member.
// RUN: %snug asm %t/a.a --function=walk --format=json | FileCheck %s --check-prefix=MEMBER
// MEMBER: "object": "{{.*}}a.a(a.o)"
//
// The linker relaxes a load of the global offset table to a lea when the symbol is in the same file: such loads are
// told apart for that reason.
// RUN: %snug asm %t/a.o --function=through_table --format=json | FileCheck %s --check-prefix=BEFORE
// RUN: %snug asm %t/a.exe --function=through_table --format=json | FileCheck %s --check-prefix=AFTER
// BEFORE: "loads": 2
// BEFORE: "got_loads": 1
// AFTER:  "loads": 1
// AFTER:  "got_loads": 0
//
// Names of what is called, through relocations, procedure linkage tables and symbols.
// RUN: %snug asm %t/a.o --function=calls | FileCheck %s --check-prefix=CALL
// RUN: %snug asm %t/a.so --function=calls | FileCheck %s --check-prefix=CALL
// RUN: %snug asm %t/a.exe --function=calls | FileCheck %s --check-prefix=CALL
// CALL: call puts
// CALL: call walk

struct node {
  long value;
  node *next;
};
extern "C" int puts(char const *);
int variable = 1;

// EXPECT: walk :: loads=3 chain=3 stores=0 spills=0 cache_lines=3
extern "C" __attribute__((noinline)) long walk(node *n) { return n->next->next->value; }
extern "C" int through_table() { return variable; }
extern "C" long calls(node *n) {
  puts("text");
  return walk(n) + 1;
}

#ifdef MAIN
int main() { return static_cast<int>(calls(nullptr)) + through_table(); }
#endif
