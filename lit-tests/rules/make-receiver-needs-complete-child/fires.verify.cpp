// What the declaration asks of the operation state is answered while that is incomplete. [exec.recv.concepts]/4.
// RUN: %verify_both %s --ignore-notes
#include <concepts>
#include <type_traits>

struct base {};

struct in_the_requires_clause {
  using receiver_concept = void;
  template <class C>
    requires(sizeof(C) > 8) // expected-warning {{make_receiver_for of 'in_the_requires_clause' needs the operation state to be complete in its constraints, and it may not be: 'sizeof' asks for the whole class [snug-make-receiver-needs-complete-child]}}
  static in_the_requires_clause make_receiver_for(C *) noexcept;
};
struct in_the_trailing_clause {
  using receiver_concept = void;
  template <class C>
  static in_the_trailing_clause make_receiver_for(C *) noexcept
    requires(alignof(C) == 8); // expected-warning {{'alignof' asks for the whole class}}
};
struct in_the_noexcept {
  using receiver_concept = void;
  template <class C>
  static in_the_noexcept make_receiver_for(C *c) noexcept(noexcept(c->index)); // expected-warning {{in its noexcept-specifier, and it may not be: the member 'index' asks for the whole class}}
};
struct in_the_result {
  using receiver_concept = void;
  template <class C> static auto make_receiver_for(C *c) noexcept -> decltype(c->receiver()); // expected-warning {{in its result type, and it may not be: the member 'receiver' asks for the whole class}}
};
struct deduced {
  using receiver_concept = void;
  template <class C> static auto make_receiver_for(C *) noexcept { return deduced{}; } // expected-warning {{make_receiver_for of 'deduced' has a deduced result: its body is compiled to find it, where the operation state may still be incomplete}}
};
struct by_trait {
  using receiver_concept = void;
  template <class C>
    requires std::is_base_of_v<base, C> // expected-warning {{'is_base_of_v' asks for the whole class}}
  static by_trait make_receiver_for(C *) noexcept;
};
struct by_class_trait {
  using receiver_concept = void;
  template <class C>
    requires(std::is_nothrow_move_constructible<C>::value) // expected-warning {{'is_nothrow_move_constructible' asks for the whole class}}
  static by_class_trait make_receiver_for(C *) noexcept;
};
struct by_concept {
  using receiver_concept = void;
  template <std::derived_from<base> C> // expected-warning {{'derived_from' asks for the whole class}}
  static by_concept make_receiver_for(C *) noexcept;
};
struct abbreviated {
  using receiver_concept = void;
  static abbreviated make_receiver_for(std::derived_from<base> auto *) noexcept; // expected-warning {{'derived_from' asks for the whole class}}
};
template <class T>
concept starts = requires(T &op) { op.start(); };
template <class T>
concept large_and_starts = starts<T> && true;
struct by_own_concept {
  using receiver_concept = void;
  template <large_and_starts C> // expected-warning {{'large_and_starts' asks for the whole class}}
  static by_own_concept make_receiver_for(C *) noexcept;
};
struct by_cast {
  using receiver_concept = void;
  template <class C>
  static by_cast make_receiver_for(C *c) noexcept(noexcept(static_cast<base *>(c))); // expected-warning {{'static_cast' to a relative asks for the whole class}}
};
