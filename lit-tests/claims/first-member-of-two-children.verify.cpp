// CLAIM: an operation state with several children cannot use the standard-layout first-member rule for all of them
// SOURCE: P3425, "What does this mean?"
// VERDICT: reproduced (the first member is interconvertible with the parent, the second is not)
// REQUIRES: plugin
// RUN: not %snug check %s > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// RUN: %verify_plugin %s
// MEASURED: 'second' is not the first member of 'parent'
struct child_op {
  int value;
};
struct other_op {
  int value;
};
struct parent {
  child_op first; // expected-note 0+ {{}}
  other_op second; // expected-note 0+ {{}}
};

parent *of_first(child_op *child) { return reinterpret_cast<parent *>(child); }
// expected-error@+2 {{'second' is not the first member of 'parent'}}
// expected-note@+1 0+ {{}}
parent *of_second(other_op *child) { return reinterpret_cast<parent *>(child); }
