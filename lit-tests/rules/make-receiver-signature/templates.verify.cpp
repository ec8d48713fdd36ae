// What no argument can change is said once, at the template, whether anybody uses it or not; what arguments decide is
// said of the instantiation. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
struct child;

template <class Op> struct operation {
  struct receiver {
    using receiver_concept = void;
    Op *op;
    static receiver make_receiver_for(child *); // expected-warning {{is not an inlinable receiver: its make_receiver_for may throw}}
  };
};
operation<int>::receiver *a;
auto b = operation<long>::receiver::make_receiver_for;

template <class Op> struct unused {
  using receiver_concept = void;
  template <class Child> unused make_receiver_for(Child *) noexcept; // expected-warning {{its make_receiver_for is not static}}
};
template <class Op> struct unused<Op *> {
  using receiver_concept = void;
  template <class Child> static unused make_receiver_for(Child *); // expected-warning {{its make_receiver_for may throw}}
};

template <class Result> struct depends {
  using receiver_concept = void;
  static Result make_receiver_for(child *) noexcept; // expected-warning {{'depends<int>' is not an inlinable receiver: its make_receiver_for returns 'int', not 'depends<int>' by value}}
};
template struct depends<int>;
depends<depends<int>> never_completed();
