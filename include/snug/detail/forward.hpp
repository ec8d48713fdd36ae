// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Moves value categories and constness from one type to another.
#ifndef SNUG_DETAIL_FORWARD_HPP
#define SNUG_DETAIL_FORWARD_HPP

namespace snug::detail {

template <class From, class To> struct copy_cvref {
  using type = To;
};
template <class From, class To> struct copy_cvref<From const, To> {
  using type = To const;
};
template <class From, class To> struct copy_cvref<From &, To> {
  using type = typename copy_cvref<From, To>::type &;
};
template <class From, class To> struct copy_cvref<From &&, To> : copy_cvref<From, To> {};

// To as a member of an object whose forwarding type is From: an lvalue stays an lvalue, an rvalue loses its reference.
template <class From, class To> using copy_cvref_t = typename copy_cvref<From, To>::type;

// The member of an object that is forwarded as From.
template <class From, class Member> constexpr copy_cvref_t<From, Member> &&forward_member(Member &member) noexcept {
  return static_cast<copy_cvref_t<From, Member> &&>(member);
}
template <class From, class Member>
constexpr copy_cvref_t<From, Member> &&forward_member(Member const &member) noexcept {
  return static_cast<copy_cvref_t<From, Member> &&>(member);
}

} // namespace snug::detail

#endif
