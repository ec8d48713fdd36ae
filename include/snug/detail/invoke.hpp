// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Callables as algorithms keep them: whatever std::invoke takes ([func.require]) becomes an object that is simply
// called.
#ifndef SNUG_DETAIL_INVOKE_HPP
#define SNUG_DETAIL_INVOKE_HPP

#include <snug/detail/traits.hpp>

#include <type_traits>
#include <utility>

namespace snug::detail {

template <class F, class... Args>
concept callable_with = requires(F &&f, Args &&...args) { static_cast<F &&>(f)(static_cast<Args &&>(args)...); };

template <class F, class... Args>
inline constexpr bool is_nothrow_callable_with = noexcept(std::declval<F>()(std::declval<Args>()...));

template <class F, class... Args> using call_result_t = decltype(std::declval<F>()(std::declval<Args>()...));

// A pointer to a member, called as std::invoke calls it.
template <class Pointer> class member_caller;
template <class Member, class Class> class member_caller<Member Class::*> {
public:
  constexpr explicit member_caller(Member Class::*pointer) noexcept : pointer_(pointer) {}

  template <class... Args>
    requires std::is_invocable_v<Member Class::*, Args...>
  constexpr std::invoke_result_t<Member Class::*, Args...> operator()(Args &&...args) const
      noexcept(std::is_nothrow_invocable_v<Member Class::*, Args...>) {
    return call(static_cast<Args &&>(args)...);
  }

private:
  template <class Object, class... Args> constexpr decltype(auto) call(Object &&object, Args &&...args) const {
    if constexpr (std::is_function_v<Member>) {
      return (owner(static_cast<Object &&>(object)).*pointer_)(static_cast<Args &&>(args)...);
    } else {
      return owner(static_cast<Object &&>(object)).*pointer_;
    }
  }
  template <class Object> static constexpr decltype(auto) owner(Object &&object) {
    if constexpr (std::is_base_of_v<Class, std::remove_cvref_t<Object>>) {
      return static_cast<Object &&>(object);
    } else if constexpr (requires { *static_cast<Object &&>(object); }) {
      return *static_cast<Object &&>(object);
    } else {
      return object.get(); // a std::reference_wrapper
    }
  }

  Member Class::*pointer_;
};

template <class F> struct kept_callable {
  using type = F;
};
template <class Member, class Class> struct kept_callable<Member Class::*> {
  using type = member_caller<Member Class::*>;
};

// The type under which an algorithm keeps a callable.
template <class F> using kept_callable_t = typename kept_callable<decay_t<F>>::type;

} // namespace snug::detail

#endif
