// Every case of a switch is reached through its table, in objects by relocations and in linked files by the table's
// bytes: the chain below the deepest case is seen, and no case is taken for a landing pad.
//
// RUN: %clangxx -O2 --target=x86_64-linux-gnu -fPIC -c %s -o %t.o && %snug asm %t.o %s --verify
// RUN: %clangxx -O2 -fPIC -shared %s -o %t.so && %snug asm %t.so %s --verify
// RUN: %clangxx -O2 -fno-pic -fno-pie -mno-red-zone -c %s -o %t.abs.o && %snug asm %t.abs.o %s --verify
// RUN: %gxx -O2 -fPIC -c %s -o %t.g.o && %snug asm %t.g.o %s --verify
// RUN: %gxx -O2 -fPIC -fcf-protection -c %s -o %t.cet.o && %snug asm %t.cet.o %s --verify
// RUN: %gxx -O2 -fPIC -shared %s -o %t.g.so && %snug asm %t.g.so %s --verify
// RUN: %snug asm %t.o --function=choose | FileCheck %s --implicit-check-not="landing pad"

struct s {
  s *to;
  int v[8];
};

// EXPECT: choose :: chain=4 tail_calls=0 indirect_calls=0 path_loads<=6
// CHECK: {{^}}choose
// CHECK: arg1→0→0→0→8
extern "C" int choose(int n, s *p) {
  switch (n) {
  case 0:
    return p->v[0];
  case 1:
    return p->v[1] * p->v[2];
  case 2:
    return p->to->to->to->v[0];
  case 3:
    return 17;
  case 4:
    return p->to->v[3];
  case 5:
    return p->v[4] / 3;
  case 6:
    return p->v[7] + p->to->v[7];
  }
  return 0;
}
