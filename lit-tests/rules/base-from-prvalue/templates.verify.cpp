// One finding for all instantiations, with the first that asked. [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=base-from-prvalue
template <class Receiver> struct op {
  using operation_state_concept = void;
  op *self = this; // expected-note {{'self' is the address of the object that the call made}}
  Receiver rcvr;
  explicit op(Receiver r) : rcvr(r) {}
  op(op &&) = default;
};
struct sender {
  template <class Receiver> op<Receiver> connect(Receiver r) { return op<Receiver>(r); }
};
template <class Receiver> struct parent : op<Receiver> {
  // expected-error@+3 {{operation state 'op<int>' is moved into the base of 'parent<int>'}}
  // expected-note@+2 {{give 'op<int>' a constructor}}
  // expected-note@+1 {{the same holds in 1 other instantiation}}
  explicit parent(Receiver r) : op<Receiver>(sender().connect(r)) {}
};
parent<int> a(1); // expected-note {{in instantiation of 'parent<int>::parent' requested here}}
parent<long> b(1);
