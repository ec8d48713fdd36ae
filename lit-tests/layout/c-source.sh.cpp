// C sources are read as C: records that nothing uses are shown, too, and none is asked whether it is standard-layout.
// RUN: rm -rf %t && mkdir -p %t && split-file %s %t && cd %t
// RUN: %snug layout plain.c -- -std=c11 | FileCheck --implicit-check-not=standard-layout %s

//--- plain.c
struct outer {
  char tag;
  struct inner {
    int class;
  } in;
  unsigned bits : 3;
};
// CHECK: struct outer  plain.c:1
// CHECK: 0         1  char tag  [=]
// CHECK: 1         3  -- hole: 3 bytes
// CHECK: 4         4  struct inner in
// CHECK: 4         4    int class
// CHECK: 8:0-2    3 bits  unsigned int bits
// CHECK: struct inner  plain.c:3
