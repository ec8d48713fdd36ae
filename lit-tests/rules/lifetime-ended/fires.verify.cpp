// What lived in the bytes has been destroyed. [basic.life]/7, /8.
// RUN: %verify_both %s --ignore-notes --checks=lifetime-ended
#include <memory>
#include <new>

struct child {
  int v;
  explicit child(int i) : v(i) {}
  ~child() {}
  void start() {}
};
struct slot {
  alignas(child) unsigned char b[sizeof(child)];
  slot() { ::new (b) child(1); }
  ~slot() {
    std::destroy_at(&get());
    get().start(); // expected-error {{the 'child' in 'b' has been destroyed, and it is used here [snug-lifetime-ended]}}
  }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
  void restart() {
    get().~child();
    int old = get().v; // expected-error {{the 'child' in 'b' has been destroyed, and it is used here}}
    ::new (b) child(old);
  }
  void destroysTwice(bool log) {
    auto *c = std::launder(reinterpret_cast<child *>(&b));
    std::destroy_at(c);
    if (log)
      ++logged;
    c->~child(); // expected-error {{the 'child' in 'b' has been destroyed, and it is destroyed again here}}
  }
  void destroy() { std::destroy_at(&get()); }
  void byHelpers() {
    destroy();
    get().start(); // expected-error {{the 'child' in 'b' has been destroyed, and it is used here}}
  }
  void destroyedOnBothBranches(bool x) {
    if (x)
      destroy();
    else
      std::destroy_at(&get());
    get().v = 1; // expected-error {{the 'child' in 'b' has been destroyed, and it is used here}}
  }
  static int logged;
};
void local() {
  alignas(child) unsigned char b[sizeof(child)];
  auto *c = ::new (b) child(1);
  c->~child();
  c->start(); // expected-error {{the 'child' in 'b' has been destroyed}}
}
