// What follows from it, and what to add; the additions stand on the notes. [exec.recv.concepts]/4.
// RUN: %verify_both %s
// RUN: %snug check %s --format=json -- -std=c++20 | FileCheck %s
struct child;
struct receiver { // expected-note {{every operation state that is connected with a 'receiver' stores it}}
  using receiver_concept = void;
  // expected-warning@+3 {{its make_receiver_for is not static and may throw}}
  // expected-note@+2 {{add 'static'}}
  // expected-note@+1 {{add 'noexcept'}}
  receiver make_receiver_for(child *);
};
// CHECK: "message": "add 'static'"
// CHECK: "text": "static "
// CHECK: "text": " noexcept"

// Nothing is inserted where it would not do: 'this' is used, the qualifier contradicts, the definition stands elsewhere.
struct elsewhere { // expected-note {{every operation state that is connected with a 'elsewhere' stores it}}
  using receiver_concept = void;
  // expected-warning@+2 {{its make_receiver_for may throw}}
  // expected-note@+1 {{add 'noexcept'}}
  static elsewhere make_receiver_for(child *);
};
elsewhere elsewhere::make_receiver_for(child *) { return {}; }
struct uses_itself { // expected-note {{every operation state that is connected with a 'uses_itself' stores it}}
  using receiver_concept = void;
  uses_itself *other;
  // expected-warning@+2 {{its make_receiver_for is not static}}
  // expected-note@+1 {{add 'static'}}
  uses_itself make_receiver_for(child *) noexcept { return {other}; }
};
struct qualified { // expected-note {{every operation state that is connected with a 'qualified' stores it}}
  using receiver_concept = void;
  // expected-warning@+2 {{its make_receiver_for is not static}}
  // expected-note@+1 {{add 'static'}}
  qualified make_receiver_for(child *) const noexcept;
};
struct base {
  using receiver_concept = void;
  static base make_receiver_for(child *) noexcept; // expected-note {{make_receiver_for of 'base' is declared here}}
};
struct derived : base {}; // expected-warning {{'derived' is not an inlinable receiver: it inherits a make_receiver_for that returns 'base'}}
// CHECK-NOT: "text": "static "
// CHECK-NOT: "text": " noexcept"
