// Where it was completed, and what to do. [exec.async.ops].
// RUN: %verify_both %s --checks=used-after-completion
struct receiver {
  using receiver_concept = void;
  void set_value(int) noexcept;
};
struct op {
  receiver rcvr;
  int count = 0;
  void start() noexcept {
    rcvr.set_value(1); // expected-note {{the operation state is completed here: whoever made it may destroy it at once}}
    // expected-error@+2 {{'this' may be destroyed by the completion, and 'count' is used after it}}
    // expected-note@+1 {{do it before the completion, or copy what is needed into a local variable first}}
    ++count;
  }
};
