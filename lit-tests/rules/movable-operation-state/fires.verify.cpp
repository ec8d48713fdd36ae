// An operation state that moves leaves its address behind in receivers, queues and stop callbacks.
// [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=movable-operation-state --ignore-notes
struct copyable { // expected-warning {{operation state 'copyable' can be moved [snug-movable-operation-state]}}
  using operation_state_concept = void;
  int value;
  void start() noexcept {}
};
struct by_its_base : copyable {}; // expected-warning {{operation state 'by_its_base' can be moved}}
class declares_it { // expected-warning {{operation state 'declares_it' can be moved}}
public:
  using operation_state_concept = void;
  declares_it() = default;
  declares_it(declares_it &&) noexcept {}
};
struct start_t {};
struct befriends { // expected-warning {{operation state 'befriends' can be moved}}
  friend void tag_invoke(start_t, befriends &) noexcept {}
};
template <class Receiver> struct in_a_template { // expected-warning {{operation state 'in_a_template<int>' can be moved}}
  using operation_state_concept = void;
  Receiver rcvr;
};
in_a_template<int> a;
in_a_template<long> b;

// No operation state, but a base that keeps the address of what derives from it.
template <class Derived> struct hook {
  Derived *parent() { return static_cast<Derived *>(this); }
  void *handle = this;
};
struct hooked : hook<hooked> { // expected-warning {{'hooked' can be moved, but its base 'hook<hooked>' keeps its address}}
  int value;
};
