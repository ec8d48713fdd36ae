// What is lost, and where it can live instead. [exec.recv.concepts]/4.
// RUN: %verify_both %s
struct parent;
struct child;
parent *parent_of(child *) noexcept;
struct receiver {
  using receiver_concept = void;
  parent *op;
  int index; // expected-note {{the receiver that was connected may hold another 'index'; the one made from the child must be equal to it}} expected-note {{make 'index' a template argument of 'receiver', or a member of the parent that the child leads to}}
  static receiver make_receiver_for(child *c) noexcept { return {parent_of(c), 0}; } // expected-warning {{'index' is not recomputed from the child}}
};
