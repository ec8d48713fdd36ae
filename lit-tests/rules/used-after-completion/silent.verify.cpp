// The completion comes last on every path, or is another operation's, or only some paths meet a use that their
// condition may exclude. [exec.async.ops], [basic.life]/7.
// RUN: %verify_both %s --checks=used-after-completion
// expected-no-diagnostics
#include <utility>

struct receiver {
  using receiver_concept = void;
  void *op;
  template <class Child> static receiver make_receiver_for(Child *) noexcept;
  void set_value(int) && noexcept;
  void set_error(int) && noexcept;
  void set_stopped() && noexcept;
};
int compute();

struct op {
  receiver rcvr;
  int value = 0;
  bool done = false;
  op *next = nullptr;
  static int completions;
  static void count();

  void last() noexcept {
    done = true;
    std::move(rcvr).set_value(value);
  }
  void returns(bool failed) noexcept {
    if (failed) {
      std::move(rcvr).set_error(1);
      return;
    }
    done = true;
    std::move(rcvr).set_value(value);
  }
  void fromALocal() noexcept {
    const int before = value;
    std::move(rcvr).set_value(before);
    ++completions;
    count();
    int after = before;
    (void)after;
  }
  void argumentsComeFirst() noexcept { std::move(rcvr).set_value(value++); }
  void byTheHandler() noexcept {
    try {
      std::move(rcvr).set_value(compute());
    } catch (...) {
      std::move(rcvr).set_error(1);
    }
  }
  void exclusive(bool failed) noexcept {
    if (failed)
      std::move(rcvr).set_error(1);
    if (!failed)
      done = true;
  }
  void namesItsAddressOnly() noexcept {
    std::move(rcvr).set_value(1);
    forget(this);
  }
  static void forget(void *);
  // Another operation is completed: that one is gone.
  void completesTheNext() noexcept {
    std::move(next->rcvr).set_value(1);
    done = true;
  }
  void completesAnother(receiver other) noexcept {
    std::move(other).set_stopped();
    done = true;
  }
  void later() noexcept {
    auto complete = [this] { std::move(rcvr).set_value(1); };
    done = true;
    complete();
  }
  void mayComplete(bool now) noexcept {
    if (now)
      std::move(rcvr).set_value(1);
  }
  void byHelper(bool now) noexcept {
    mayComplete(now);
    done = true;
  }
  void start() noexcept { last(); }
};

// A child that is a base class completes itself; its parent lives on.
struct parent_of_a_base : private op {
  bool started = false;
  void start() noexcept {
    op::last();
    started = true;
  }
};

// A class that is no operation state completes somebody else's work.
struct queue {
  receiver waiting;
  int served = 0;
  void serve() {
    std::move(waiting).set_value(1);
    ++served;
  }
};

// What has the name of a completion function on something that is no receiver; what a derived class may do otherwise.
struct setting {
  void set_value(int);
};
struct with_a_setting {
  using operation_state_concept = void;
  setting chosen;
  int value = 0;
  void start() noexcept {
    chosen.set_value(1);
    value = 1;
  }
};
struct with_virtual {
  using operation_state_concept = void;
  receiver rcvr;
  int value = 0;
  virtual void finish() noexcept { std::move(rcvr).set_value(1); }
  void start() noexcept {
    finish();
    value = 1;
  }
};
// An operation state that is made in storage of its own ends itself.
struct ends_itself {
  using operation_state_concept = void;
  receiver rcvr;
  void start() noexcept {
    std::move(rcvr).set_value(1);
    this->~ends_itself();
  }
};
