// A [[no_unique_address]] member made by a call: one compiler constructs it in its place, the other moves it.
// [intro.object]/7.
// RUN: %verify_both %s --checks=overlapping-member-from-prvalue --ignore-notes
struct op {
  using operation_state_concept = void;
  op *self;
  explicit op(int) : self(this) {}
  op(op &&other) : self(other.self) {}
};
op connect(int);

struct parent {
  [[no_unique_address]] op child;
  char flag = 0;
  parent() : child(connect(1)) {} // expected-warning {{GCC moves operation state 'op' into 'child', which is [[no_unique_address]]; Clang constructs it in its place [snug-overlapping-member-from-prvalue]}}
};
struct aggregate {
  [[no_unique_address]] op child;
};
aggregate make() {
  return {connect(1)}; // expected-warning {{GCC moves operation state 'op' into 'child'}}
}
struct by_default {
  [[no_unique_address]] op child = connect(1); // expected-warning {{GCC moves operation state 'op' into 'child'}}
  by_default() {}
};

struct immovable {
  using operation_state_concept = void;
  immovable(immovable &&) = delete;
};
immovable connectImmovable();
struct refused {
  [[no_unique_address]] immovable child;
  refused() : child(connectImmovable()) {} // expected-remark {{GCC refuses to move operation state 'immovable' into 'child'}}
};

struct cursor {
  cursor *first = this;
};
cursor begin();
struct no_operation {
  [[no_unique_address]] cursor c;
  no_operation() : c(begin()) {} // expected-remark {{GCC moves 'cursor' into 'c'}}
};
