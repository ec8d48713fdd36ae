// Created anew; destroyed on one branch; calls that may create another one; another object's bytes. [basic.life]/7, /8.
// RUN: %verify_both %s --checks=lifetime-not-started,lifetime-ended
// expected-no-diagnostics
#include <memory>
#include <new>

struct child {
  int v;
  explicit child(int i) : v(i) {}
  ~child() {}
  void start() {}
};
void notify();
struct slot {
  alignas(child) unsigned char b[sizeof(child)];
  bool engaged = true;
  slot() { ::new (b) child(1); }
  ~slot() {
    get().start();
    std::destroy_at(&get());
    engaged = false;
  }
  child &get() { return *std::launder(reinterpret_cast<child *>(&b)); }
  void restart() {
    get().~child();
    ::new (b) child(2);
    get().start();
  }
  void onOneBranch(bool x) {
    if (x)
      get().~child();
    if (!x)
      get().start();
  }
  void returns(bool x) {
    if (x) {
      get().~child();
      return;
    }
    get().start();
  }
  void notifies() {
    get().~child();
    notify(); // may well call create()
    get().start();
  }
  void create() { ::new (b) child(3); }
  void createsByHelper() {
    get().~child();
    create();
    get().start();
  }
  void assign(slot &other) {
    get().~child();
    other.get().start();
  }
  void inALoop(int n) {
    for (int i = 0; i < n; ++i) {
      get().~child();
      ::new (b) child(i);
    }
    get().start();
  }
};
// The bytes are there when the child is gone.
int bytes_after_the_child() {
  alignas(child) unsigned char b[sizeof(child)];
  std::destroy_at(::new (static_cast<void *>(b)) child(1));
  return b[0];
}
