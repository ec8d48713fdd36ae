// Data loads and their chain are figures of the program, not of the register allocator: both are the same with two
// compilers at four levels, where all memory reads together differ several times over, because reloads of spilled values
// are told apart. (Unrolling changes the program: eight rounds in one carry eight loads.)
//
// DEFINE: %{check} = %snug asm %t.o %s --verify
// RUN: %clangxx -fno-unroll-loops -O0 -c %s -o %t.o && %{check}
// RUN: %clangxx -fno-unroll-loops -O1 -c %s -o %t.o && %{check}
// RUN: %clangxx -fno-unroll-loops -O2 -c %s -o %t.o && %{check}
// RUN: %clangxx -fno-unroll-loops -Os -c %s -o %t.o && %{check}
// RUN: %gxx -O0 -c %s -o %t.o && %{check}
// RUN: %gxx -O1 -c %s -o %t.o && %{check}
// RUN: %gxx -O2 -c %s -o %t.o && %{check}
// RUN: %gxx -Os -c %s -o %t.o && %{check}

struct table {
  long (*call)(void *);
};
struct object {
  table const *functions;
  object *parent;
  long value;
};

// EXPECT: dispatch :: path_loads=3 chain=3 indirect_calls=1
extern "C" long dispatch(object *o) {
  object *p = o->parent;
  return p->functions->call(p);
}

// EXPECT: nested :: path_loads=5 chain=4
extern "C" long nested(object *o, bool twice) {
  long v = o->value;
  if (twice)
    v *= o->parent->parent->parent->value;
  return v;
}

// EXPECT: next :: loads=1 chain=1 loop_chain=1
extern "C" object *next(object *o, int n) {
  for (int i = 0; i < n; ++i)
    o = o->parent;
  return o;
}
