// Receivers that are inlinable, receivers that do not want to be, and classes that are no receivers. [exec.recv.concepts]/4.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <concepts>
#include <type_traits>

struct child;
template <class R, class Child = child>
concept inlinable = requires(Child *c) {
  { std::remove_cvref_t<R>::make_receiver_for(c) } noexcept -> std::same_as<std::remove_cvref_t<R>>;
};

struct plain {
  using receiver_concept = void;
  static plain make_receiver_for(child *) noexcept;
};
struct any_child {
  using receiver_concept = void;
  template <class C> static any_child make_receiver_for(C *) noexcept;
};
struct by_reference_to_the_pointer {
  using receiver_concept = void;
  static by_reference_to_the_pointer make_receiver_for(auto &&) noexcept;
};
struct any_pointer {
  using receiver_concept = void;
  static any_pointer make_receiver_for(void *, int = 0) noexcept;
};
template <class C> void prepare(C *);
struct conditional {
  using receiver_concept = void;
  template <class C> static conditional make_receiver_for(C *c) noexcept(noexcept(prepare(c)));
};
template <class Parent> struct in_template {
  using receiver_concept = void;
  static in_template make_receiver_for(child *) noexcept;
};
template <class Parent> struct spelled_out {
  using receiver_concept = void;
  static spelled_out<Parent> make_receiver_for(child *) noexcept;
};
static_assert(inlinable<plain> && inlinable<any_child> && inlinable<by_reference_to_the_pointer> && inlinable<any_pointer>);
static_assert(inlinable<in_template<int>> && inlinable<spelled_out<int>>);

struct stored {
  using receiver_concept = void;
};
struct refuses {
  using receiver_concept = void;
  template <class C> static refuses make_receiver_for(C *) = delete;
};
struct no_receiver {
  no_receiver *make_receiver_for(child *);
};
struct factory {
  static plain make_receiver_for(child &);
};
// Its own function hides that of the base.
struct overrides : plain {
  static overrides make_receiver_for(child *) noexcept;
};
struct inside : private plain {};
