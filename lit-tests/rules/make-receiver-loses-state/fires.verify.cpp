// A member that make_receiver_for gives the same value for every child is not what was connected. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
struct parent;
struct child {};
parent *parent_of(child *) noexcept;
enum class which { left, right };
struct token {
  int id;
};

struct braces {
  using receiver_concept = void;
  parent *op;
  int index;
  static braces make_receiver_for(child *c) noexcept { return {parent_of(c), 0}; } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'braces' gives it a constant [snug-make-receiver-loses-state]}}
};
struct named {
  using receiver_concept = void;
  parent *op;
  which side;
  static named make_receiver_for(child *c) noexcept { return named{parent_of(c), which::right}; } // expected-warning {{'side' is not recomputed from the child}}
};
struct left_out {
  using receiver_concept = void;
  parent *op;
  int index;
  static left_out make_receiver_for(child *c) noexcept { return {parent_of(c)}; } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'left_out' leaves it empty}}
};
struct defaulted {
  using receiver_concept = void;
  parent *op;
  int index = 3;
  static defaulted make_receiver_for(child *c) noexcept { return {parent_of(c)}; } // expected-warning {{make_receiver_for of 'defaulted' leaves it at its default}}
};
struct of_a_class {
  using receiver_concept = void;
  parent *op;
  token stop;
  static of_a_class make_receiver_for(child *c) noexcept { return {parent_of(c), token{1}}; } // expected-warning {{'stop' is not recomputed from the child}}
};
struct null {
  using receiver_concept = void;
  parent *op;
  void *other;
  static null make_receiver_for(child *c) noexcept { return {parent_of(c), nullptr}; } // expected-warning {{'other' is not recomputed from the child}}
};
struct a_local_variable {
  using receiver_concept = void;
  parent *op;
  int index;
  static a_local_variable make_receiver_for(child *c) noexcept {
    a_local_variable made{parent_of(c), 7}; // expected-warning {{'index' is not recomputed from the child}}
    return made;
  }
};
class constructor {
public:
  using receiver_concept = void;
  constructor(parent *op, int index) noexcept : op(op), index(index) {}
  static constructor make_receiver_for(child *c) noexcept { return constructor(parent_of(c), 0); } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'constructor' gives it a constant}}
private:
  parent *op;
  int index;
};
class another_constructor {
public:
  using receiver_concept = void;
  another_constructor(parent *op, int index) noexcept : op(op), index(index) {}
  static another_constructor make_receiver_for(child *c) noexcept { return another_constructor(parent_of(c)); }
private:
  explicit another_constructor(parent *op) noexcept : op(op), index(0) {} // expected-warning {{'index' is not recomputed from the child}}
  parent *op;
  int index;
};
class uninitialised {
public:
  using receiver_concept = void;
  uninitialised(parent *op, int index) noexcept : op(op), index(index) {}
  static uninitialised make_receiver_for(child *c) noexcept { return uninitialised(parent_of(c)); } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'uninitialised' leaves it uninitialised}}
private:
  explicit uninitialised(parent *op) noexcept : op(op) {}
  parent *op;
  int index;
};
struct state {
  parent *op;
  int index;
};
struct in_a_base : state {
  using receiver_concept = void;
  static in_a_base make_receiver_for(child *c) noexcept { return {{parent_of(c), 0}}; } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'in_a_base' gives it a constant}}
};
// A constructor that delegates: with constants beside what it was given.
class delegates {
public:
  using receiver_concept = void;
  delegates(parent *op, int index) noexcept : op(op), index(index) {}
  static delegates make_receiver_for(child *c) noexcept { return delegates(parent_of(c)); }
private:
  explicit delegates(parent *op) noexcept : delegates(op, 0) {} // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'delegates' gives it a constant}}
  parent *op;
  int index;
};
// The same in all by its constructors, but anybody may write it.
class everybody_may_write {
public:
  using receiver_concept = void;
  explicit everybody_may_write(parent *op) noexcept : op(op) {}
  static everybody_may_write make_receiver_for(child *c) noexcept { return everybody_may_write(parent_of(c)); } // expected-warning {{'index' is not recomputed from the child: make_receiver_for of 'everybody_may_write' leaves it at its default}}
  int index = 2;
private:
  parent *op;
};
