// The compiler's constant evaluator judges the same expressions: what the rule reports is no constant expression, what it
// leaves alone is one. [expr.const]/5, [expr.add]/4.
// RUN: %verify_both %s --ignore-notes -- -Wno-array-bounds -Wno-invalid-constexpr

struct child {
  int v = 1;
};
struct base {
  long id = 2;
};
struct parent : base {
  int head = 3;
  child c;
  child d;
  int tail[4] = {1, 2, 3, 4};
  int grid[2][3] = {};
};

// Whether the call is a constant expression.
template <class F, bool = (F{}(), true)>
constexpr bool isConstant(F) {
  return true;
}
constexpr bool isConstant(...) { return false; }

#define REJECTED(...)                                                                                                  \
  static_assert(!isConstant([] {                                                                                       \
    constexpr auto test = [](parent p, child *const c) constexpr { (void)(__VA_ARGS__); };                             \
    child one;                                                                                                         \
    test({}, &one);                                                                                                    \
  }))
#define ACCEPTED(...)                                                                                                  \
  static_assert(isConstant([] {                                                                                        \
    constexpr auto test = [](parent p, child *const c) constexpr { (void)(__VA_ARGS__); };                             \
    child one;                                                                                                         \
    test({}, &one);                                                                                                    \
  }))

REJECTED(&p.c.v - 1);                    // expected-error {{moves 1 element back from member 'v'}}
REJECTED(&p.c + 2);                      // expected-error {{moves 2 elements from member 'c'}}
REJECTED(p.tail + 5);                    // expected-error {{to index 5 of 'tail'}}
REJECTED(p.tail - 1);                    // expected-error {{to index -1 of 'tail'}}
REJECTED(p.tail[4]++);                   // expected-error {{to index 4 of 'tail'}}
REJECTED(*(p.tail + 4) = 1);             // expected-error {{to index 4 of 'tail'}}
REJECTED((&p.c)[1].v = 1);               // expected-error {{moves 1 element from member 'c'}}
REJECTED(p.grid[0][3] = 1);              // expected-error {{to index 3 of 'grid'}}
REJECTED(&p.grid[0][0] + 4);             // expected-error {{to index 4 of 'grid'}}
REJECTED(&p.grid[2][0]);                 // expected-error {{to index 2 of 'grid'}}
REJECTED(static_cast<base *>(&p) + 2);   // expected-error {{from the base 'base'}}
REJECTED(static_cast<base *>(&p) - 1);   // expected-error {{from the base 'base'}}
REJECTED(&p + 2);                        // expected-error {{moves 2 elements from 'p'}}
REJECTED(&(p.tail + 1)[4]);              // expected-error {{to index 5 of 'tail'}}

ACCEPTED(&p.c + 1);
ACCEPTED(&p.c + 1 - 1);
ACCEPTED(p.tail + 4);
ACCEPTED(&p.tail[4]);
ACCEPTED(p.tail[3] = 1);
ACCEPTED(*(p.tail + 4 - 1) = 1);
ACCEPTED((&p.c)[0].v = 1);
ACCEPTED(&p.grid[1][0] + 3);
ACCEPTED(p.grid[1][2] = 1);
ACCEPTED(static_cast<base *>(&p) + 1);
ACCEPTED(&p + 1);
ACCEPTED(c + 1);
ACCEPTED(&c->v + 1);
