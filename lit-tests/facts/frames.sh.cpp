// Frames of coroutines in the facts: the size and alignment that Clang's own remark says, what lives across which
// suspension and what it costs, and who keeps the frame instead of allocating it. Watching changes no code.
// [dcl.fct.def.coroutine]/9.
// Clang keeps frames in those of their callers, where the code says it may, from version 20 on.
// REQUIRES: plugin
// DEFINE: %{level} = -O2
// DEFINE: %{compile} = %clangxx -std=c++20 --target=x86_64-linux-gnu %include -I%S/Inputs -DNDEBUG %{level} -c %s
// RUN: %{compile} %plugin -o %t.o -Rpass=coro-split 2> %t.remarks
// RUN: %snug layout --coroutines %t.o > %t.txt && cat %t.remarks %t.txt | FileCheck %s --check-prefixes=CHECK%if llvm-22 %{,ELIDED%}
// RUN: %{compile} -o %t.without.o && llvm-objcopy --remove-section=.snug.facts %t.o %t.stripped.o
// RUN: llvm-objcopy %t.without.o %t.copied.o && cmp %t.stripped.o %t.copied.o
//
// At -O0 every local has its place, in use or not. Objects differ by the level, their code not by the plugin.
// REDEFINE: %{level} = -O0 -g
// RUN: %{compile} %plugin -o %t.O0.o && %{compile} -o %t.without.o
// RUN: llvm-objcopy --remove-section=.snug.facts %t.O0.o %t.stripped.o && llvm-objcopy %t.without.o %t.copied.o && cmp %t.stripped.o %t.copied.o
// RUN: %snug layout --coroutines %t.O0.o | FileCheck %s --check-prefix=O0
// O0: coroutine reader(int) on x86_64-linux-gnu at -O0
// O0-NOT: not allocated in
//
// What sanitizers add is none of it; -flto splits when it compiles, and ThinLTO of newer versions when it links.
// REDEFINE: %{level} = -O2 -fsanitize=address
// RUN: %{compile} %plugin -o %t.asan.o && %snug layout --coroutines --type=inner %t.asan.o | FileCheck %s --check-prefixes=SPLIT%if llvm-22 %{,IN-OUTER%}
// REDEFINE: %{level} = -O2 -flto
// RUN: %{compile} %plugin -o %t.bc && %snug layout --coroutines --type=inner %t.bc | FileCheck %s --check-prefixes=SPLIT%if llvm-22 %{,IN-OUTER%}
// REDEFINE: %{level} = -O2 -flto=thin
// RUN: %{compile} %plugin -o %t.bc && %snug layout --coroutines --type=inner %t.bc | FileCheck %s --check-prefix=%if llvm-22 %{THIN%} %else %{SPLIT%}
// SPLIT: coroutine inner(long) on x86_64-linux-gnu at -O2
// SPLIT-NEXT: frame {{[0-9]+}} bytes, aligned to
// IN-OUTER: not allocated in outer(long)
// THIN: coroutine inner(long) on x86_64-linux-gnu at -O2
// THIN-NEXT: frame at least {{[0-9]+}} bytes, estimated from its source
// THIN-NOT: not allocated
//
// The same of sources; JSON is the records of docs/facts.md; filters, and what is missing.
// RUN: %snug layout --coroutines --type='^reader' %s -- -std=c++20 --target=x86_64-linux-gnu %include -I%S/Inputs | FileCheck %s --check-prefix=SOURCE
// RUN: %snug layout --coroutines --format=json %t.o | %python -c "import json,sys; r={x['coroutine']: x for x in json.load(sys.stdin)}; f=r['_Z6readeri']; print(f['promise_size'], [f['residents'][i]['what'] for p in f['points'] for i in p.get('alive', [])])" | FileCheck %s --check-prefix=JSON
// JSON: 16 ["the parameter 'rounds'", "'buffer'", 'the awaiter', "the parameter 'rounds'", "'all'", "the parameter 'rounds'"]
// RUN: not %snug layout --coroutines --type=nobody %t.o 2>&1 | FileCheck %s --check-prefix=NOBODY
// NOBODY: snug: error: no coroutine's name matches --type='nobody'
// RUN: not %snug layout --coroutines %t.without.o 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: snug: error: there is no coroutine: none in the sources named, and none in the facts of the objects, which may have been compiled without the plugin
#include "coroutines.hpp"

// Two at a time in one buffer: what lives across the first suspension does not live across the second.
// CHECK-DAG: remark: Split '_Z6readeri' (frame_size=[[#READER:]], align=[[#ALIGN:]])
// CHECK-DAG: remark: Split '_Z5innerl' (frame_size=[[#INNER:]]
// CHECK: coroutine inner(long) on x86_64-linux-gnu at -O2
// CHECK-NEXT: frame [[#INNER]] bytes
// ELIDED: not allocated in outer(
// CHECK: coroutine reader(int) on x86_64-linux-gnu at -O2
// CHECK-NEXT: frame [[#READER]] bytes, aligned to [[#ALIGN]]; promise 16 bytes, task::promise_type
// CHECK: start at [[#]]:{{[0-9]+}} keeps 4 bytes
// CHECK-NEXT: 4  the parameter 'rounds': int
// CHECK: co_await at [[#]]:{{[0-9]+}} keeps {{[0-9]+}} bytes
// CHECK-NEXT: 64  'buffer': char[64]
// CHECK-NEXT: 16  the awaiter: receive
// CHECK: co_await at [[#]]:{{[0-9]+}} keeps
// CHECK-NOT: buffer
// CHECK: more are padding, the number of the suspension, and what the code generator keeps
// What stands in a co_return is one suspension.
// CHECK: coroutine outer(long)
// CHECK: co_await at
// CHECK-NOT: co_await at
// SOURCE: coroutine reader(int) on x86_64-linux-gnu
// SOURCE-NEXT: frame {{[0-9]+}} bytes, aligned to {{[0-9]+}}; promise 16 bytes, task::promise_type
// SOURCE: 64  'buffer': char[64]
// SOURCE-NOT: coroutine

task inner(long value) {
  co_await pause();
  co_return value;
}
task reader(int rounds) {
  long all = 0;
  {
    char buffer[64];
    fill(buffer);
    all += co_await receive{buffer, 64};
    all += sum(buffer);
  }
  co_await pause();
  co_return all + rounds;
}
// The frame of what is awaited at once lies in this one.
task outer(long value) { co_return co_await inner(value + 1) + 1; }
