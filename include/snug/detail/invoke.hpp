// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// std::invoke ([func.require]) without <functional>.
#ifndef SNUG_DETAIL_INVOKE_HPP
#define SNUG_DETAIL_INVOKE_HPP

#include <type_traits>

namespace snug::detail {

template <class Class, class Object>
constexpr decltype(auto) member_owner(Object&& object) noexcept {
  if constexpr (std::is_base_of_v<Class, std::remove_cvref_t<Object>>) {
    return static_cast<Object&&>(object);
  } else if constexpr (requires { static_cast<Object&&>(object).get(); } && !requires { *static_cast<Object&&>(object); }) {
    return object.get();  // a std::reference_wrapper
  } else {
    return *static_cast<Object&&>(object);
  }
}

template <class Member, class Class, class Object, class... Args>
constexpr decltype(auto) invoke_member(Member Class::*member, Object&& object, Args&&... args) {
  if constexpr (std::is_function_v<Member>) {
    return (detail::member_owner<Class>(static_cast<Object&&>(object)).*member)(static_cast<Args&&>(args)...);
  } else {
    return detail::member_owner<Class>(static_cast<Object&&>(object)).*member;
  }
}

template <class F, class... Args>
constexpr decltype(auto) invoke(F&& f, Args&&... args) noexcept(std::is_nothrow_invocable_v<F, Args...>) {
  if constexpr (std::is_member_pointer_v<std::remove_cvref_t<F>>) {
    return detail::invoke_member(f, static_cast<Args&&>(args)...);
  } else {
    return static_cast<F&&>(f)(static_cast<Args&&>(args)...);
  }
}

}  // namespace snug::detail

#endif
