// CLAIM: the parent's address by reinterpret_cast and offsetof "is undefined behavior"; a base class and static_cast are not
// SOURCE: P3425, "Implementing the inlinable_receiver protocol", "Getting address of parent object from sub-object"
// VERDICT: reproduced (the undefined form is rejected with its reason, the defined one accepted)
// REQUIRES: plugin
// RUN: %snug check %s -- -std=c++20 -Wno-invalid-offsetof > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// RUN: %verify_plugin -Wno-invalid-offsetof %s
// MEASURED: the address of the enclosing 'undefined_parent' is computed by pointer arithmetic that leaves 'child_op_'; this is undefined
// MEASURED: 'child_op_' is a member subobject; arithmetic on a pointer to it can only reach one past it
#include <cstddef>

struct child_op {
  int value;
};

class undefined_parent {
  int other_state_;
  child_op child_op_; // expected-note {{'child_op_' is a member subobject}}

public:
  static undefined_parent *of(child_op *child) noexcept {
    // expected-warning@+2 {{the address of the enclosing 'undefined_parent' is computed by pointer arithmetic that leaves 'child_op_'}}
    // expected-note@+1 {{make 'child_op' a base class of 'undefined_parent' and use static_cast}}
    return reinterpret_cast<undefined_parent *>(reinterpret_cast<unsigned char *>(child) -
                                                offsetof(undefined_parent, child_op_));
  }
};

class defined_parent : private child_op {
  int other_state_;

public:
  static defined_parent *of(child_op *child) noexcept { return &static_cast<defined_parent &>(*child); }
};

undefined_parent *call(child_op *child) { return undefined_parent::of(child); }
defined_parent *call_defined(child_op *child) { return defined_parent::of(child); }
