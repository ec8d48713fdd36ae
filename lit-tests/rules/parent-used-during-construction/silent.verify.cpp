// Pointers and addresses that are only formed, what the base has itself or comes before it, members that begin by
// themselves, static members, and functions that are called later. [class.cdtor]/1-3.
// RUN: %verify_both %s --checks=parent-used-during-construction
// expected-no-diagnostics
#include <string>

template <class Parent>
struct slot {
  Parent *saved;
  int *address;
  int own = 1;
  slot() : saved(static_cast<Parent *>(this)), address(&static_cast<Parent *>(this)->x) {
    static_cast<Parent *>(this)->own = 2;
    static_cast<Parent *>(this)->count();
    own += Parent::constant;
  }
  ~slot() { static_cast<Parent *>(this)->nothing(); }
  void start() { static_cast<Parent *>(this)->notify(); }
  void finish() { saved->notify(); }
};
struct parent : slot<parent> {
  static constexpr int constant = 1;
  static void count() {}
  void nothing() {}
  int x = 0;
  void notify() { ++x; }
};
int use(parent &p) {
  p.start();
  p.finish();
  return p.x;
}
parent p;

// An earlier base is constructed.
struct earlier {
  std::string text;
};
template <class Parent>
struct second {
  second() { static_cast<Parent *>(this)->text.clear(); }
  ~second() { static_cast<Parent *>(this)->text.clear(); }
};
struct two_bases : earlier, second<two_bases> {};
two_bases t;

// Nobody initialises it, so nothing has to begin.
template <class Parent>
struct sets {
  sets() { static_cast<Parent *>(this)->raw = 1; }
};
struct plain : sets<plain> {
  int raw;
};
plain q;

// What a lambda does, it does when it is called.
template <class F>
void later(F f);
template <class Parent>
struct postponed {
  postponed() {
    later([this] { static_cast<Parent *>(this)->text.clear(); });
  }
};
struct waiting : postponed<waiting> {
  std::string text;
};
waiting w;

// The object is another one.
template <class Parent>
struct linked {
  linked() = default;
  explicit linked(linked &other) { static_cast<Parent &>(other).text.clear(); }
};
struct chain : linked<chain> {
  std::string text;
  chain() = default;
  explicit chain(chain &c) : linked<chain>(c) {}
};
chain c1, c2(c1);

template <class Parent>
struct never {
  never() { static_cast<Parent *>(this)->text.clear(); }
};
