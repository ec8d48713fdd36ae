// Said once, at the template, whether anybody uses it or not: no argument makes it better. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
template <class Op> struct operation {
  struct receiver {
    using receiver_concept = void;
    Op *op;
    template <class C>
      requires(sizeof(C) > sizeof(Op)) // expected-warning {{make_receiver_for of 'operation::receiver' needs the operation state to be complete in its constraints}}
    static receiver make_receiver_for(C *) noexcept;
  };
};
operation<int>::receiver *a;
operation<long>::receiver b;

template <class Op> struct unused {
  using receiver_concept = void;
  template <class C> static decltype(auto) make_receiver_for(C *) noexcept { return unused{}; } // expected-warning {{has a deduced result}}
};
