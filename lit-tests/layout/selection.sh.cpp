// Which records are shown, how deep, in which order, and each once.
// RUN: rm -rf %t && mkdir -p %t && split-file %s %t && cd %t
// RUN: %snug layout one.cpp | FileCheck --check-prefix=MAIN --implicit-check-not="struct outside" --implicit-check-not="struct std::" %t/one.cpp
// RUN: %snug layout one.cpp two.cpp --type='^outside$' | FileCheck --check-prefix=ONCE --implicit-check-not="struct outside" %t/two.cpp
// RUN: %snug layout one.cpp --type='^std::pair<int, char>$' | FileCheck --check-prefix=SYSTEM %t/one.cpp
// RUN: %snug layout header.hpp | FileCheck --check-prefix=HEADER %t/header.hpp
// RUN: %snug layout one.cpp --type='^mine$' --depth=1 | FileCheck --check-prefix=DEPTH --implicit-check-not='int a' %t/one.cpp
// RUN: %snug layout two.cpp -- -std=c++20 -DWIDE | FileCheck --check-prefix=WIDE %t/two.cpp
// RUN: %snug layout one.cpp > first.txt && %snug layout one.cpp > second.txt && diff first.txt second.txt

//--- header.hpp
struct outside {
  int a;
};
// HEADER: struct outside  header.hpp:1

//--- one.cpp
#include "header.hpp"
#include <utility>
struct mine {
  outside inner;
  std::pair<int, char> pair;
};
namespace {
struct hidden {
  char c;
};
hidden h;
} // namespace
// MAIN: struct mine  one.cpp:3
// MAIN: outside inner
// MAIN: struct (anonymous namespace)::hidden  one.cpp:8
// SYSTEM: struct std::pair<int, char>
// SYSTEM: 0         4  int first  [=]
// DEPTH: 0         4  outside inner  [=]
// DEPTH-NEXT: 4         8  std::pair<int, char> pair{{$}}
// DEPTH-NEXT: size 12, align 4, data size 12, 1 cache line, no holes, 3 bytes of tail padding

//--- two.cpp
#include "header.hpp"
struct sized {
#ifdef WIDE
  long value;
#else
  int value;
#endif
};
// ONCE: struct outside  {{.*}}header.hpp:1
// WIDE: size 8, align 8
