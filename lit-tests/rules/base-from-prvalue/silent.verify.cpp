// Bases constructed in place, members, classes that do not know their address, and moves that set it right.
// [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=base-from-prvalue
// expected-no-diagnostics
struct op {
  using operation_state_concept = void;
  op *self;
  explicit op(int) : self(this) {}
  op(op &&other) : self(other.self) {}
};
op connect(int);
struct in_place : op {
  in_place() : op(1) {}
};
struct as_a_member {
  op child;
  as_a_member() : child(connect(1)) {}
};
struct moves_on_purpose : op {
  explicit moves_on_purpose(op &&other) : op(static_cast<op &&>(other)) {}
};

struct plain {
  int value;
};
plain make();
struct no_operation : plain {
  no_operation() : plain(make()) {}
};

struct sets_it_right {
  sets_it_right *self = this;
  sets_it_right() = default;
  sets_it_right(sets_it_right &&) : self(this) {}
};
sets_it_right makeRight();
struct holds_right : sets_it_right {
  holds_right() : sets_it_right(makeRight()) {}
};

// The body of the constructor decides: not known.
struct decides_in_its_body {
  decides_in_its_body *self = this;
  decides_in_its_body() = default;
  decides_in_its_body(decides_in_its_body &&other) : self(other.self) { self = this; }
};
decides_in_its_body makeDeciding();
struct holds_deciding : decides_in_its_body {
  holds_deciding() : decides_in_its_body(makeDeciding()) {}
};

// A pointer to something else.
struct points_on {
  int value;
  int *elsewhere;
  points_on();
};
points_on makePoints();
struct holds_points : points_on {
  holds_points() : points_on(makePoints()) {}
};

template <class Op> struct never_instantiated : Op {
  never_instantiated() : Op(connect(1)) {}
};
