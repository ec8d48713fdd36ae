// A completion may destroy the operation state; what reads or writes it afterwards reads or writes nothing.
// [exec.async.ops], [basic.life]/7.
// RUN: %verify_both %s --ignore-notes --checks=used-after-completion
#include <utility>

struct receiver {
  using receiver_concept = void;
  void *op;
  template <class Child> static receiver make_receiver_for(Child *) noexcept;
  void set_value(int) && noexcept;
  void set_error(int) && noexcept;
  void set_stopped() && noexcept;
};
struct set_value_t {
  template <class R, class... Values> void operator()(R &&r, Values &&...values) const noexcept {
    static_cast<R &&>(r).set_value(static_cast<Values &&>(values)...);
  }
};
inline constexpr set_value_t set_value;
template <class R> void set_stopped(R &&r) noexcept { static_cast<R &&>(r).set_stopped(); }

struct made_anew {
  int value, completions = 0;
  void start() noexcept {
    receiver::make_receiver_for(this).set_value(value);
    ++completions; // expected-error {{'this' may be destroyed by the completion, and 'completions' is used after it [snug-used-after-completion]}}
  }
};
struct stored {
  receiver rcvr;
  int value;
  bool done = false;
  void log();
  void start() noexcept {
    set_value(std::move(rcvr), value);
    done = true; // expected-error {{and 'done' is used after it}}
    value = 0;
  }
  void byFunction() noexcept {
    set_stopped(std::move(rcvr));
    log(); // expected-error {{and 'log' is used after it}}
  }
  void byLocal() noexcept {
    auto r = std::move(rcvr);
    std::move(r).set_value(1);
    this->value = 2; // expected-error {{and 'value' is used after it}}
  }
  void twice() noexcept {
    std::move(rcvr).set_value(1);
    std::move(rcvr).set_stopped(); // expected-error {{and 'rcvr' is used after it}}
  }
  void again() noexcept {
    receiver::make_receiver_for(this).set_value(1);
    receiver::make_receiver_for(this).set_stopped(); // expected-error {{and 'this' is used after it}}
  }

  // Either way has completed.
  void onBothBranches(bool ok) noexcept {
    if (ok)
      set_value(std::move(rcvr), value);
    else
      set_stopped(std::move(rcvr));
    done = true; // expected-error {{and 'done' is used after it}}
  }
  // Who completes cannot get round it.
  void forgetsToReturn(bool failed) noexcept {
    if (failed)
      std::move(rcvr).set_error(1);
    std::move(rcvr).set_value(1); // expected-error {{and 'rcvr' is used after it}}
  }
  void inALoop(int n) noexcept {
    for (int i = 0; i < n; ++i)
      if (i == 3) {
        set_value(std::move(rcvr), i);
        break;
      }
    done = true; // expected-error {{and 'done' is used after it}}
  }

  // Completed by a member function that always does.
  void deliver(bool ok) noexcept {
    if (ok)
      set_value(std::move(rcvr), value);
    else
      std::move(rcvr).set_stopped();
  }
  void byHelper() noexcept {
    deliver(true);
    done = true; // expected-error {{and 'done' is used after it}}
  }
};

template <class Receiver> struct templated {
  using operation_state_concept = void;
  Receiver rcvr;
  int count = 0;
  void start() noexcept {
    set_value(static_cast<Receiver &&>(rcvr), 1);
    count++; // expected-error {{and 'count' is used after it}}
  }
};
void run(templated<receiver> &op) { op.start(); }

// A receiver by what it offers, in a library without tags.
template <class Child> struct untagged_receiver {
  static untagged_receiver make_receiver_for(Child *) noexcept;
  void set_value(int) && noexcept;
};
struct untagged {
  int completions = 0;
  void start() noexcept {
    untagged_receiver<untagged>::make_receiver_for(this).set_value(1);
    completions += 1; // expected-error {{and 'completions' is used after it}}
  }
};
