// What compares names needs nothing complete, and a body is compiled late. [exec.recv.concepts]/4.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <concepts>
#include <type_traits>

template <class R> struct child_op;
template <class T>
concept a_child = std::same_as<T, child_op<int>> || std::is_class_v<T>;

struct in_the_body {
  using receiver_concept = void;
  template <class C> static in_the_body make_receiver_for(C *) noexcept {
    static_assert(sizeof(C) > 0 && std::is_class_v<C>);
    return {};
  }
};
struct compares {
  using receiver_concept = void;
  template <class C>
    requires std::same_as<C, child_op<compares>>
  static compares make_receiver_for(C *) noexcept;
};
struct compares_with_a_builtin {
  using receiver_concept = void;
  template <class C>
    requires(__is_same(C, child_op<compares>) || __is_class(C))
  static compares_with_a_builtin make_receiver_for(C *) noexcept;
};
struct compares_in_a_concept {
  using receiver_concept = void;
  template <a_child C> static compares_in_a_concept make_receiver_for(C *) noexcept;
};
struct asks_about_the_pointer {
  using receiver_concept = void;
  template <class C>
    requires(sizeof(C *) == 8)
  static asks_about_the_pointer make_receiver_for(C *c) noexcept(noexcept(static_cast<void *>(c)));
};
struct asks_about_something_else {
  using receiver_concept = void;
  template <class C, class Parent = int>
    requires(sizeof(Parent) == 4) && std::is_empty_v<compares>
  static asks_about_something_else make_receiver_for(C *) noexcept;
};
struct no_template {
  using receiver_concept = void;
  static auto make_receiver_for(child_op<int> *) noexcept { return no_template{}; }
};
struct no_receiver {
  template <class C>
    requires(sizeof(C) > 8)
  static auto make_receiver_for(C *) {
    return 1;
  }
};
