// The fix takes the address of the array; the fixed file is clean. [basic.compound]/7.
// REQUIRES: plugin
// RUN: cp %s %t.cpp
// RUN: %clangxx -std=c++20 -fsyntax-only %plugin -Xclang -fixit %t.cpp
// RUN: FileCheck %s < %t.cpp
// RUN: %clangxx -std=c++20 -fsyntax-only %plugin -Werror %t.cpp

struct block {
  unsigned char bytes[16];
};
using sixteen = unsigned char[16];
// CHECK: {{^}}block *decayed(block &b) { return reinterpret_cast<block *>(&b.bytes); }
block *decayed(block &b) { return reinterpret_cast<block *>(b.bytes); }
// CHECK: {{^}}block *element(block *b) { return reinterpret_cast<block *>(&b->bytes); }
block *element(block *b) { return reinterpret_cast<block *>(&b->bytes[0]); }
// CHECK: {{^}}sixteen *array(block &b) { return reinterpret_cast<sixteen *>((&b.bytes)); }
sixteen *array(block &b) { return reinterpret_cast<sixteen *>((b.bytes)); }
