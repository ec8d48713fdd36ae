// Said once for all instantiations, and for templates that nobody uses. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
struct child;
template <class Op> Op *parent_of(child *) noexcept;

template <class Op> struct operation {
  struct receiver {
    using receiver_concept = void;
    Op *op;
    int index;
    static receiver make_receiver_for(child *c) noexcept { return {parent_of<Op>(c), 0}; } // expected-warning {{'index' is not recomputed from the child}}
  };
};
auto a = operation<int>::receiver::make_receiver_for;
auto b = operation<long>::receiver::make_receiver_for;

template <class Op> struct unused {
  using receiver_concept = void;
  Op *op;
  bool done;
  template <class C> static unused make_receiver_for(C *) noexcept { return {nullptr, false}; } // expected-warning {{'op' is not recomputed from the child}} expected-warning {{'done' is not recomputed from the child}}
};

// With a constructor only the instantiation tells.
template <class State> class made {
public:
  using receiver_concept = void;
  made(void *op, State state) noexcept : op(op), state(state) {}
  template <class C> static made make_receiver_for(C *c) noexcept { return made(c, {}); } // expected-warning {{'state' is not recomputed from the child}}
private:
  void *op;
  [[no_unique_address]] State state;
};
struct empty {};
auto c = made<empty>::make_receiver_for<child>;
auto d = made<int>::make_receiver_for<child>;
