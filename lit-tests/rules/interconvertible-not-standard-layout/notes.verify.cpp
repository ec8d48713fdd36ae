// Every reason that keeps a class from standard layout, as the chain of notes below the cast; each class shows one.
// [class.prop]/2.
// RUN: %verify_both %s -- -Wno-inaccessible-base

struct part {
  int v;
};
struct dynamic {
  virtual void f(); // expected-note 3 {{because 'f' is virtual}}
};
struct empty {};

class mixed_access { // expected-note {{'mixed_access' is not a standard-layout class}}
public:
  part p;

private:
  int x; // expected-note {{because member 'x' has different access than 'p'}}
};
mixed_access *a(part *p) {
  // expected-warning@+2 {{'mixed_access' is not pointer-interconvertible with its first member 'p'}}
  // expected-note@+1 {{make 'part' a base class of 'mixed_access' and use static_cast, or give 'mixed_access' standard layout}}
  return reinterpret_cast<mixed_access *>(p);
}

struct first_half {
  part p; // expected-note {{because 'two_classes' declares 'x' and its base 'first_half' declares 'p'}}
};
struct two_classes : first_half { // expected-note {{'two_classes' is not a standard-layout class}}
  int x;
};
two_classes *b(part *p) {
  // expected-warning@+2 {{'two_classes' is not pointer-interconvertible with its first member 'p'}}
  // expected-note@+1 {{make 'part' a base class of 'two_classes'}}
  return reinterpret_cast<two_classes *>(p);
}

struct reference_member { // expected-note {{'reference_member' is not a standard-layout class}}
  part p;
  int &r; // expected-note {{because member 'r' is a reference}}
};
reference_member *c(part *p) {
  // expected-warning@+2 {{'reference_member' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<reference_member *>(p);
}

struct member_type { // expected-note {{'member_type' is not a standard-layout class}}
  part p;
  dynamic d; // expected-note {{because member 'd' has non-standard-layout type 'dynamic'}}
};
member_type *d(part *p) {
  // expected-warning@+2 {{'member_type' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<member_type *>(p);
}

struct array_member { // expected-note {{'array_member' is not a standard-layout class}}
  part p;
  dynamic d[2]; // expected-note {{because member 'd' is an array of non-standard-layout type 'dynamic'}}
};
array_member *e(part *p) {
  // expected-warning@+2 {{'array_member' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<array_member *>(p);
}

struct base_type : dynamic { // expected-note {{'base_type' is not a standard-layout class}} expected-note {{because base 'dynamic' is not standard-layout}}
  part p;                    // expected-note {{the 'part' is at offset 8 of 'base_type'; the cast does not adjust the address}}
};
base_type *f(part *p) {
  // expected-warning@+2 {{'base_type' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<base_type *>(p);
}

struct virtual_function { // expected-note {{'virtual_function' is not a standard-layout class}}
  part p;                 // expected-note {{the 'part' is at offset 8 of 'virtual_function'; the cast does not adjust the address}}
  virtual void g();       // expected-note {{because 'g' is virtual}}
};
virtual_function *g(part *p) {
  // expected-warning@+2 {{'virtual_function' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<virtual_function *>(p);
}

struct virtual_base : virtual empty { // expected-note {{'virtual_base' is not a standard-layout class}} expected-note {{because 'empty' is a virtual base}}
  part p;                             // expected-note {{the 'part' is at offset 8 of 'virtual_base'}}
};
virtual_base *h(part *p) {
  // expected-warning@+2 {{'virtual_base' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<virtual_base *>(p);
}

struct left : empty {};
struct right : empty {};
struct repeated_base : left, right { // expected-note {{'repeated_base' is not a standard-layout class}} expected-note {{because base class 'empty' occurs more than once}}
  part p;
};
repeated_base *i(part *p) {
  // expected-warning@+2 {{'repeated_base' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<repeated_base *>(p);
}

struct nest {
  empty e;
};
struct first_member_base : empty { // expected-note {{'first_member_base' is not a standard-layout class}}
  nest n;                          // expected-note {{because 'empty', at offset 0 of the first member 'n', is also a base class}} expected-note {{the 'nest' is at offset 1 of 'first_member_base'}}
};
first_member_base *j(nest *p) {
  // expected-warning@+2 {{'first_member_base' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'nest' a base class}}
  return reinterpret_cast<first_member_base *>(p);
}

struct bits {
  int : 4; // expected-note {{because 'unnamed_bits' declares 'p' and its base 'bits' declares}}
};
struct unnamed_bits : bits { // expected-note {{'unnamed_bits' is not a standard-layout class}}
  part p;                    // expected-note {{the 'part' is at offset 4 of 'unnamed_bits'}}
};
unnamed_bits *k(part *p) {
  // expected-warning@+2 {{'unnamed_bits' is not pointer-interconvertible}}
  // expected-note@+1 {{make 'part' a base class}}
  return reinterpret_cast<unnamed_bits *>(p);
}

// On the way down the member has an address of its own.
class down_only { // expected-note {{'down_only' is not a standard-layout class}}
public:
  part p;

private:
  int x; // expected-note {{because member 'x' has different access than 'p'}}
};
part *m(down_only *p) {
  // expected-warning@+2 {{'down_only' is not pointer-interconvertible with its first member 'p'; the result still points to the 'down_only'}}
  // expected-note@+1 {{take the address of the member, or give 'down_only' standard layout}}
  return reinterpret_cast<part *>(p);
}
