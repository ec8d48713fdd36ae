// When it is asked, and where it may be asked instead. [exec.recv.concepts]/4.
// RUN: %verify_both %s
struct receiver {
  using receiver_concept = void;
  template <class C>
    requires(sizeof(C) > 8) // expected-warning {{needs the operation state to be complete in its constraints}} expected-note {{make it a static_assert in the body, where the operation state is complete}}
  static receiver make_receiver_for(C *) noexcept; // expected-note {{an operation state asks while it is being defined, to choose its base class; the answer is an error, or wrong for good}}
};
struct deduced {
  using receiver_concept = void;
  template <class C> static auto make_receiver_for(C *) noexcept { return deduced{}; } // expected-warning {{has a deduced result}} expected-note {{write 'deduced' as its result type}}
};
