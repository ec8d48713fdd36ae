// A type named inside of the operation state asks for the whole class.
// RUN: %verify_both %s --ignore-notes
#include <concepts>

struct by_a_name_inside {
  using receiver_concept = void;
  template <class C>
    requires std::same_as<typename C::tag, int> // expected-warning {{the member 'tag' asks for the whole class}}
  static by_a_name_inside make_receiver_for(C *) noexcept;
};
