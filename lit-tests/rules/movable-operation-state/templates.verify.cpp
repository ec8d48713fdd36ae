// What makes a class an operation state stands in its template, in the base of one instantiation, or in a specialisation
// that has what its template lacks.
// RUN: %verify_both %s --checks=movable-operation-state --ignore-notes
struct start_t {};
template <class T> struct befriends { // expected-warning {{operation state 'befriends<int>' can be moved}}
  friend void tag_invoke(start_t, befriends &) noexcept {}
  T value;
};
befriends<int> a;

struct nothing {};
struct states {
  using operation_state_concept = void;
  states() = default;
  states(states &&) = delete;
};
template <class Base> struct by_its_base : Base { // expected-warning {{operation state 'by_its_base<befriends<int>>' can be moved}}
  int value;
};
by_its_base<nothing> silent;
by_its_base<states> immovable;
by_its_base<befriends<int>> b;

template <class T> struct specialised {
  T value;
};
template <> struct specialised<char> { // expected-warning {{operation state 'specialised<char>' can be moved}}
  using operation_state_concept = void;
};
specialised<int> c;
specialised<char> d;
