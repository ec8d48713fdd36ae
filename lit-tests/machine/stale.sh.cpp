// An object that is older than the source which states its figures was made from another text: an error, and no verdict. Lists of
// promises beside the code are no sources; neither are places that do not exist here.
//
// RUN: cp %s %t.cpp
// RUN: touch -d '2020-01-01 12:00' %t.cpp
// RUN: %compile -c %t.cpp -o %t.o
// RUN: %snug asm %t.o %t.cpp --verify
// RUN: touch -d '2020-01-01 11:00' %t.o
// RUN: not %snug asm %t.o %t.cpp --verify 2>&1 | FileCheck %s
// RUN: bash -c '%snug asm %t.o %t.cpp --verify; test $? -eq 2'
// RUN: %snug asm %t.o %t.cpp --verify --ignore-times
// RUN: cp %t.cpp %t.txt
// RUN: %snug asm %t.o %t.txt --verify
// RUN: rm -f %t.a
// RUN: llvm-ar rc %t.a %t.o
// RUN: touch -d '2020-01-01 11:00' %t.a
// RUN: not %snug asm %t.a %t.cpp --verify 2>&1 | FileCheck %s --check-prefix=ARCHIVE

// EXPECT: first :: loads=1
// CHECK:   stale.sh.cpp.tmp.cpp:[[@LINE-1]]:4: error: '{{.*}}.o' is older than this file: compile it anew, or pass --ignore-times [snug-asm-expectation]
// ARCHIVE: stale.sh.cpp.tmp.cpp:[[@LINE-2]]:4: error: '{{.*}}.a' is older than this file
extern "C" int first(const int *p) { return *p; }
