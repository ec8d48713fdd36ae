// A cast that a macro writes is reported where the macro is used. [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes

struct part {
  int v;
};
class whole {
public:
  part p;

private:
  int x;
};
#define AS(type, pointer) reinterpret_cast<type *>(pointer)
// expected-warning@+1 {{'whole' is not pointer-interconvertible with its first member 'p'}}
whole *up(part *p) { return AS(whole, p); }
