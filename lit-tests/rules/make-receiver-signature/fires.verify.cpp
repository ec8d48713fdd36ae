// A make_receiver_for that misses one thing makes no inlinable receiver, and nothing else says so. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
#include <concepts>
#include <type_traits>

struct child;
template <class R>
concept inlinable = requires(child *c) {
  { std::remove_cvref_t<R>::make_receiver_for(c) } noexcept -> std::same_as<std::remove_cvref_t<R>>;
};

struct not_static {
  using receiver_concept = void;
  not_static make_receiver_for(child *) noexcept; // expected-warning {{'not_static' is not an inlinable receiver: its make_receiver_for is not static [snug-make-receiver-signature]}}
};
struct may_throw {
  using receiver_concept = void;
  static may_throw make_receiver_for(child *); // expected-warning {{'may_throw' is not an inlinable receiver: its make_receiver_for may throw [snug-make-receiver-signature]}}
};
struct says_that_it_throws {
  using receiver_concept = void;
  static says_that_it_throws make_receiver_for(child *) noexcept(false); // expected-warning {{its make_receiver_for may throw}}
};
struct reference {
  using receiver_concept = void;
  static reference &make_receiver_for(child *) noexcept; // expected-warning {{'reference' is not an inlinable receiver: its make_receiver_for returns 'reference &', not 'reference' by value}}
};
struct constant {
  using receiver_concept = void;
  static const constant make_receiver_for(child *) noexcept; // expected-warning {{its make_receiver_for returns 'const constant', not 'constant' by value}}
};
struct pointer {
  using receiver_concept = void;
  static pointer *make_receiver_for(child *) noexcept; // expected-warning {{its make_receiver_for returns 'pointer *', not 'pointer' by value}}
};
struct other {
  using receiver_concept = void;
  static constant make_receiver_for(child *) noexcept; // expected-warning {{its make_receiver_for returns 'constant', not 'other' by value}}
};
struct takes_a_reference {
  using receiver_concept = void;
  static takes_a_reference make_receiver_for(child &) noexcept; // expected-warning {{its make_receiver_for takes 'child &', not a pointer}}
};
struct takes_two {
  using receiver_concept = void;
  static takes_two make_receiver_for(child *, int) noexcept; // expected-warning {{its make_receiver_for takes 2 arguments, not one}}
};
class keeps_it_for_itself {
  static keeps_it_for_itself make_receiver_for(child *) noexcept; // expected-warning {{its make_receiver_for is private}}
public:
  using receiver_concept = void;
};
// By its completion functions.
struct by_shape {
  void set_value() noexcept;
  void set_stopped() noexcept;
  static by_shape make_receiver_for(void *); // expected-warning {{'by_shape' is not an inlinable receiver: its make_receiver_for may throw}}
};
struct everything {
  using receiver_concept = void;
  everything &make_receiver_for(child *); // expected-warning {{its make_receiver_for is not static, may throw and returns 'everything &', not 'everything' by value}}
};
struct right {
  using receiver_concept = void;
  static right make_receiver_for(child *) noexcept;
};
struct inherits : right { // expected-warning {{'inherits' is not an inlinable receiver: it inherits a make_receiver_for that returns 'right'}}
};

static_assert(!inlinable<not_static> && !inlinable<may_throw> && !inlinable<says_that_it_throws> && !inlinable<reference>);
static_assert(!inlinable<constant> && !inlinable<pointer> && !inlinable<other> && !inlinable<takes_a_reference>);
static_assert(!inlinable<takes_two> && !inlinable<keeps_it_for_itself> && !inlinable<by_shape> && !inlinable<everything>);
static_assert(inlinable<right> && !inlinable<inherits>);
