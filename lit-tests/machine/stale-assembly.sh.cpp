// Assembly text that is older than a source which its .file directives name was made from another text: the same error as of an
// object, wherever the figures are stated. Text without a directive was written by hand, and that of another source is held
// to figures alone.
//
// RUN: rm -rf %t && mkdir -p %t/other
// RUN: cp %s %t/a.cpp && echo 'EXPECT: first :: loads=1' > %t/list.txt
// RUN: echo '#include "a.cpp"' > %t/includes.cpp
// RUN: touch -d '2020-01-01 12:00' %t/a.cpp && touch -d '2020-01-01 10:00' %t/includes.cpp
// DEFINE: %{clang} = %clangxx --target=x86_64-linux-gnu -O2 -S
// RUN: %{clang} %t/a.cpp -o %t/clang.s
// RUN: %gxx -O2 -S %t/a.cpp -o %t/gcc.s
// RUN: cd %t && %{clang} -g a.cpp -o debug.s
// RUN: cd %t && %{clang} -g includes.cpp -o includes.s
// RUN: grep -v '\.file' %t/clang.s > %t/hand.s
// RUN: sed 's/a\.cpp/b.cpp/' %t/clang.s > %t/b.s
//
// Newer than the source: silent.
// RUN: %snug asm %t/clang.s %t/a.cpp --verify
// RUN: %snug asm %t/gcc.s %t/a.cpp --verify
// RUN: %snug asm %t/debug.s %t/a.cpp --verify
// RUN: %snug asm %t/includes.s %t/list.txt --verify
//
// RUN: touch -d '2020-01-01 11:00' %t/clang.s %t/gcc.s %t/debug.s %t/includes.s %t/hand.s %t/b.s
// RUN: not %snug asm %t/clang.s %t/a.cpp --verify 2>&1 | FileCheck %s -DTEXT=clang.s --implicit-check-not=error:
// RUN: not %snug asm %t/gcc.s %t/a.cpp --verify 2>&1 | FileCheck %s -DTEXT=gcc.s --implicit-check-not=error:
// RUN: not %snug asm %t/debug.s %t/a.cpp --verify 2>&1 | FileCheck %s -DTEXT=debug.s --implicit-check-not=error:
// RUN: bash -c '%snug asm %t/clang.s %t/a.cpp --verify; test $? -eq 2'
// RUN: %snug asm %t/clang.s %t/a.cpp --verify --ignore-times
// RUN: %snug asm %t/hand.s %t/a.cpp --verify
// RUN: %snug asm %t/b.s %t/a.cpp --verify
//
// A list beside the code is no source; what the text was made from is found beside it, here, or where the directive says.
// RUN: not %snug asm %t/clang.s %t/list.txt --verify 2>&1 | FileCheck %s --check-prefix=LIST -DTEXT=clang.s --implicit-check-not=error:
// RUN: cd %t/other && cp -p ../clang.s away.s && %snug asm away.s ../list.txt --verify
// RUN: cd %t && not %snug asm other/away.s list.txt --verify 2>&1 | FileCheck %s --check-prefix=LIST -DTEXT=away.s --implicit-check-not=error:
// RUN: cd %t/other && cp -p ../debug.s . && not %snug asm debug.s ../list.txt --verify 2>&1 | FileCheck %s --check-prefix=LIST -DTEXT=debug.s --implicit-check-not=error:
// RUN: not %snug asm %t/includes.s %t/list.txt --verify 2>&1 | FileCheck %s --check-prefix=LIST -DTEXT=includes.s --implicit-check-not=error:
// LIST: {{^(.*/)?}}a.cpp: error: '{{.*}}[[TEXT]]' is older than this file: compile it anew, or pass --ignore-times [snug-asm-expectation]

// EXPECT: first :: loads=1
// CHECK: {{^}}{{.*}}a.cpp:[[@LINE-1]]:4: error: '{{.*}}[[TEXT]]' is older than this file: compile it anew, or pass --ignore-times [snug-asm-expectation]
extern "C" int first(const int *p) { return *p; }
