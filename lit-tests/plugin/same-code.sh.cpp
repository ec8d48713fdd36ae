// Stating an expectation changes no code: objects with the plugin equal those without it, byte for byte, but for the
// section .snug.facts, which no executable contains. An annotation that stayed on a function, variable or member would
// keep allocas, hide members from the optimiser and emit inline functions that nobody calls.
// DEFINE: %{level} = -O0
// DEFINE: %{compare} = %clangxx -std=c++20 %include %{level} -c %s -o %t.without.o && \
// DEFINE:   %clangxx -std=c++20 %include %{level} %plugin -c %s -o %t.with.o && \
// DEFINE:   llvm-objcopy --remove-section=.snug.facts %t.with.o %t.stripped.o && \
// DEFINE:   llvm-objcopy %t.without.o %t.copied.o && \
// DEFINE:   cmp %t.stripped.o %t.copied.o
// REQUIRES: plugin
// RUN: %{compare}
// REDEFINE: %{level} = -O2
// RUN: %{compare}
// REDEFINE: %{level} = -O2 -g
// RUN: %{compare}
// RUN: llvm-readelf -S %t.with.o | FileCheck %s --check-prefix=SECTION
// RUN: llvm-objcopy -O binary --set-section-flags=.snug.facts=alloc --only-section=.snug.facts %t.with.o %t.facts
// RUN: %python %source_root/lit-tests/Inputs/facts_section.py %t.facts | FileCheck %s --check-prefix=FACTS
// RUN: %clangxx %t.with.o -o %t.exe
// RUN: llvm-readelf -S %t.exe | FileCheck %s --check-prefix=EXECUTABLE
// SECTION: .snug.facts PROGBITS {{.*}} E
// EXECUTABLE-NOT: .snug.facts
//
// Only what this object defines: neither the uncalled inline function nor the declaration.
// FACTS-NOT: never
// FACTS: "discardable":true,"file":"{{[^"]*}}","function":"_Z10used_thereIlET_S0_"
// FACTS-NOT: never
// FACTS: "compiler":"clang","file":"{{[^"]*}}","function":"_Z5startRK2op"
// FACTS-SAME: "name":"max_loads","value":6
// FACTS-NOT: never
// FACTS: "compiler":"clang","file":"{{[^"]*}}","function":"_ZN7builderC2Ev"
// FACTS: "discardable":true,"file":"{{[^"]*}}","function":"_ZNK6holderIlE3getEv"
// FACTS: "discardable":true,"file":"{{[^"]*}}","function":"_ZZ5startRK2opENK5local3getEv"
// FACTS-NOT: never
// FACTS: {"align":8,{{.*}},"layout":"op",{{.*}}"size":24,"stated":[{{.*}}"name":"size","value":24}
#include <snug/expect.hpp>

struct SNUG(size(24)) op {
  SNUG(offset(0)) long a;
  SNUG(offset(8)) long b;
  SNUG(offset(16)) int c;
};

SNUG(size(8)) static long counter;
SNUG(size(24)) op global;
template <class T> SNUG(size(sizeof(T))) inline T shared{};

SNUG(max_loads(6)) int start(const op &o) {
  SNUG(size(8)) long sum = o.a + o.b;
  SNUG(size(4)) int more = o.c;
  auto lambda = [](auto x) {
    SNUG(size(8)) auto inside = x;
    return inside;
  };
  struct local {
    SNUG(offset(0)) int x;
    SNUG(calls(0)) int get() const { return x; }
  };
  return static_cast<int>(lambda(sum)) + more + local{3}.get() + static_cast<int>(counter++ + shared<long>);
}

SNUG(loads(1)) inline int never_called(const op &o) { return o.c; }
SNUG(loads(1)) int never_defined(const op &o);
SNUG(loads(1)) static int never_used(const op &o) { return o.c; }

template <class T> SNUG(spills(0)) T used_there(T t) {
  SNUG(size(sizeof(T))) T copy = t;
  return copy + 1;
}
long instantiate() { return used_there(3L); }

template <class T> struct holder {
  SNUG(offset(0)) T value;
  SNUG(size(8)) static inline T kept{};
  SNUG(loads(1)) T get() const { return value; }
};
long read(const holder<long> &h) { return h.get() + holder<long>::kept + h.value; }

struct builder {
  SNUG(stores(0)) builder();
};
builder::builder() {}

int main() {
  builder b;
  op o{1, 2, 3};
  return start(o) + static_cast<int>(instantiate()) == 0;
}
