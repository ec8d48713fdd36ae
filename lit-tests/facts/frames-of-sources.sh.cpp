// `snug layout --coroutines` on a source: the size and alignment that the compiler's own remark says, at the level that the
// flags name; where in the frame a variable lies, where names leave no doubt; who keeps a frame in its own; and the same as the
// plugin finds in an object. [dcl.fct.def.coroutine]/9.
// REQUIRES: plugin
// DEFINE: %{level} = -O2
// DEFINE: %{flags} = -std=c++20 --target=x86_64-linux-gnu %include -I%S/Inputs -DNDEBUG %{level}
// DEFINE: %{both} = %clangxx %{flags} -c %s -o %t.o %plugin -Rpass=coro-split 2> %t.remarks && %snug layout --coroutines %s -- %{flags} > %t.txt && cat %t.remarks %t.txt
// RUN: %{both} | FileCheck %s --check-prefixes=CHECK%if llvm-22 %{,OPTIMISED%}
// REDEFINE: %{level} = -O0
// RUN: %{both} | FileCheck %s
// REDEFINE: %{level} = -Os -flto
// RUN: %{both} | FileCheck %s
//
// But for the offsets, which an object has no names for, and what no code is generated for, objects say the same.
// RUN: %snug layout --coroutines --type='^(inner|reader|outer|stated|twice)' %t.o > %t.object
// RUN: %snug layout --coroutines --type='^(inner|reader|outer|stated|twice)' %s -- %{flags} | sed -E 's/, at offset [0-9]+//' | diff - %t.object
//
// JSON has the offset as a number.
// RUN: %snug layout --coroutines --format=json --type='^reader' %s -- %{flags} | %python -c "import json,sys; f=json.load(sys.stdin)[0]; r={x['what']: x for x in f['residents']}; b=r[chr(39)+'buffer'+chr(39)]; print(0 < b['offset'] < f['size'] - b['size'] + 1, b['size'])" | FileCheck %s --check-prefix=JSON
// JSON: True 64
//
// What is stated on a coroutine is taken off it here, too: the frame is that of the code without.
// RUN: %snug layout --coroutines --type='^stated' %s -- %{flags} | sed -n 2p > %t.with
// RUN: %snug layout --coroutines --type='^stated' %s -- %{flags} -DPLAIN | sed -n 2p | diff - %t.with
#include "coroutines.hpp"

// CHECK-DAG: remark: Split '_Z6readeri' (frame_size=[[#READER:]], align=[[#ALIGN:]])
// CHECK-DAG: remark: Split '_Z5innerl' (frame_size=[[#INNER:]]
// CHECK-DAG: remark: Split '_ZZ6lambdavENK3$_1clEi' (frame_size=[[#FIRST:]]
// CHECK-DAG: remark: Split '_ZZ6lambdavENK3$_0clEi' (frame_size=[[#SECOND:]]
// CHECK: coroutine inner(long) on x86_64-linux-gnu at -O
// CHECK-NEXT: frame [[#INNER]] bytes
// OPTIMISED: not allocated in outer(
task inner(long value) {
  co_await pause();
  co_return value;
}
// CHECK: coroutine reader(int) on x86_64-linux-gnu at -O
// CHECK-NEXT: frame [[#READER]] bytes, aligned to [[#ALIGN]]; promise 16 bytes, task::promise_type
// CHECK: 64  'buffer': char[64], at offset [[#]]
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
task outer(long value) { co_return co_await inner(value + 1) + 1; }
// The second is called first, so code generation calls it the first.
// CHECK: coroutine lambda()::$_1::operator()(int) const
// CHECK-NEXT: frame [[#FIRST]] bytes
// CHECK-NOT: 'large'
// CHECK: coroutine lambda()::$_0::operator()(int) const
// CHECK-NEXT: frame [[#SECOND]] bytes
// CHECK: 256  'large': char[256], at offset [[#]]
void lambda() {
  auto first = [](int) -> task {
    co_await pause();
    co_return 1;
  };
  auto second = [](int) -> task {
    char large[256];
    fill(large);
    co_await pause();
    co_return sum(large);
  };
  second(1);
  first(2);
}
// CHECK: coroutine nobody_calls() on x86_64-linux-gnu
// CHECK-NEXT: frame at least [[#]] bytes, estimated from its source
inline task nobody_calls() { co_return 0; }
#ifdef PLAIN
#define STATED
#else
#define STATED SNUG(max_frame(4096))
#endif
STATED task stated(int value) {
  co_await pause();
  co_return value;
}
// Two of one name and size that live at different times share their place at -O2, or have one each: never a wrong offset.
// CHECK: coroutine twice() on
task twice() {
  {
    char same[32];
    fill(same);
    co_await pause();
    sum(same);
  }
  {
    char same[32];
    fill(same);
    co_await pause();
    sum(same);
  }
  co_return 0;
}
