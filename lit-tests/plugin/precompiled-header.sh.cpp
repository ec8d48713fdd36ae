// What a precompiled header states is checked when it is made, not again by each of its users; instantiations of its
// templates are the user's. Stating changes no code there either, and the facts reach the user's object.
// REQUIRES: plugin
// RUN: %clangxx -O2 -std=c++20 %include %plugin -x c++-header %S/Inputs/stated.hpp -o %t.pch
// RUN: not %clangxx -std=c++20 %include %plugin -x c++-header -DWRONG %S/Inputs/stated.hpp -o %t.wrong.pch 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MADE
// MADE: stated.hpp:{{[0-9]+}}:{{[0-9]+}}: error: 'from_header' is 8 bytes; 4 bytes were stated
// RUN: %clangxx -O2 -std=c++20 %include %plugin -include-pch %t.pch -c %s -o %t.with.o
// RUN: %clangxx -O2 -std=c++20 %include -include %S/Inputs/stated.hpp -c %s -o %t.without.o
// RUN: llvm-objcopy --remove-section=.snug.facts %t.with.o %t.stripped.o
// RUN: llvm-objcopy %t.without.o %t.copied.o
// RUN: cmp %t.stripped.o %t.copied.o
// RUN: llvm-objcopy -O binary --set-section-flags=.snug.facts=alloc --only-section=.snug.facts %t.with.o %t.facts
// RUN: %python %source_root/lit-tests/Inputs/facts_section.py %t.facts | FileCheck %s --check-prefix=FACTS
// FACTS: "function":"_Z6helperRK11from_header"
// FACTS: "function":"_Z7templatIlET_S0_"
// RUN: not %clangxx -O2 -std=c++20 %include %plugin -include-pch %t.pch -DUSER_IS_WRONG -fsyntax-only %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=USER
// USER-NOT: from_header
// USER: error: 'pair_of<long>' is 16 bytes; 8 bytes were stated
// USER: error: 'later' is 4 bytes; 3 bytes were stated
// USER-NOT: from_header
int user(const from_header &o) { return helper(o) + static_cast<int>(templat(o.a)); }
#ifdef USER_IS_WRONG
struct SNUG(size(3)) later {
  int x;
};
pair_of<long> instantiated;
#endif
