// State that comes from the child, from the type, or from where it cannot be seen. [exec.recv.concepts]/4.
// RUN: %verify_both %s
// expected-no-diagnostics
struct parent {
  int index;
};
struct child {
  int index;
};
parent *parent_of(child *) noexcept;
int current() noexcept;
struct empty {};

struct only_the_parent {
  using receiver_concept = void;
  parent *op;
  static only_the_parent make_receiver_for(child *c) noexcept { return {parent_of(c)}; }
};
struct reached_through_the_child {
  using receiver_concept = void;
  parent *op;
  int index;
  static reached_through_the_child make_receiver_for(child *c) noexcept { return {parent_of(c), parent_of(c)->index + 1}; }
};
struct through_a_local {
  using receiver_concept = void;
  parent *op;
  int index;
  static through_a_local make_receiver_for(child *c) noexcept {
    int index = c->index;
    return {parent_of(c), index};
  }
};
struct filled_in {
  using receiver_concept = void;
  parent *op;
  int index = 0;
  static filled_in make_receiver_for(child *c) noexcept {
    filled_in made{parent_of(c)};
    made.index = c->index;
    return made;
  }
};
template <int Index> struct in_the_type {
  using receiver_concept = void;
  parent *op;
  int index;
  static in_the_type make_receiver_for(child *c) noexcept { return {parent_of(c), Index}; }
};
template struct in_the_type<1>;
struct by_a_function {
  using receiver_concept = void;
  parent *op;
  int index;
  static by_a_function make_receiver_for(child *c) noexcept { return {parent_of(c), current()}; }
};
struct nothing_to_lose {
  using receiver_concept = void;
  parent *op;
  [[no_unique_address]] empty env;
  static nothing_to_lose make_receiver_for(child *c) noexcept { return {parent_of(c), {}}; }
};
// Every object has the default: there is no other value to lose.
class the_same_in_all {
public:
  using receiver_concept = void;
  explicit the_same_in_all(parent *op) noexcept : op(op) {}
  static the_same_in_all make_receiver_for(child *c) noexcept { return the_same_in_all(parent_of(c)); }
private:
  parent *op;
  int version = 2;
};
class by_the_constructor {
public:
  using receiver_concept = void;
  explicit by_the_constructor(parent *op) noexcept : op(op), index(op->index) {}
  static by_the_constructor make_receiver_for(child *c) noexcept { return by_the_constructor(parent_of(c)); }
private:
  parent *op;
  int index;
};
class in_the_body_of_the_constructor {
public:
  using receiver_concept = void;
  explicit in_the_body_of_the_constructor(parent *op) noexcept : op(op) { index = op->index; }
  static in_the_body_of_the_constructor make_receiver_for(child *c) noexcept {
    return in_the_body_of_the_constructor(parent_of(c));
  }
private:
  parent *op;
  int index;
};
struct no_receiver {
  parent *op;
  int index;
  static no_receiver make_receiver_for(child *c) noexcept { return {parent_of(c), 0}; }
};
// Delegates with what the parent holds.
class delegates {
public:
  using receiver_concept = void;
  delegates(parent *op, int index) noexcept : op(op), index(index) {}
  static delegates make_receiver_for(child *c) noexcept { return delegates(parent_of(c)); }
private:
  explicit delegates(parent *op) noexcept : delegates(op, op->index) {}
  parent *op;
  int index;
};
// Every object is made with the same constant.
class always_delegates {
public:
  using receiver_concept = void;
  explicit always_delegates(parent *op) noexcept : always_delegates(op, 0) {}
  static always_delegates make_receiver_for(child *c) noexcept { return always_delegates(parent_of(c)); }
private:
  always_delegates(parent *op, int index) noexcept : op(op), index(index) {}
  parent *op;
  int index;
};
// Never instantiated, and what its constructor does with the arguments is its own affair.
template <class Op> class by_a_constructor_template {
public:
  using receiver_concept = void;
  template <class From> by_a_constructor_template(From *from, int) noexcept : op(from), index(from->index) {}
  static by_a_constructor_template make_receiver_for(child *c) noexcept { return {c, 0}; }
private:
  Op *op;
  int index;
};
template <class Op> struct by_a_public_constructor_template {
  using receiver_concept = void;
  Op *op;
  int index;
  template <class From> by_a_public_constructor_template(From *from, int) noexcept : op(from), index(from->index) {}
  static by_a_public_constructor_template make_receiver_for(child *c) noexcept { return {c, 0}; }
};
