// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a sender names its operation state, so that a parent can build it in place and receivers know who uses them.
#ifndef SNUG_EXECUTION_IN_PLACE_SENDER_HPP
#define SNUG_EXECUTION_IN_PLACE_SENDER_HPP

#include <snug/detail/traits.hpp>

#include <concepts>
#include <type_traits>

namespace snug::execution {

/// A sender whose operation state can be constructed in place from (sender, receiver), for instance as a base class.
///
/// It writes `using in_place_self = itself;` and `template <class Self, class Rcvr> using operation_for = …;` where
/// Self is the sender's type with the value category and constness it is connected with. connect() is then defined by
/// the constructor of operation_for (a connect member would not be called). Naming itself keeps a class derived from
/// it, which may override what connecting means, from inheriting the promise.
template <class Sndr>
concept in_place_sender = snug::detail::is_same<typename snug::detail::remove_cvref_t<Sndr>::in_place_self,
                                                snug::detail::remove_cvref_t<Sndr>>;

/// A sender that promises which operation state uses the receiver it is connected with: an in-place sender, or one that
/// writes `using connect_self = itself;` and operation_for, where its connect member returns exactly operation_for.
///
/// Only for such senders a child's receiver is inlinable: code that hands its receiver on to a sender of its own has an
/// operation state of another type, at another address, and must keep the receiver.
template <class Sndr>
concept named_operation_sender =
    in_place_sender<Sndr> || snug::detail::is_same<typename snug::detail::remove_cvref_t<Sndr>::connect_self,
                                                   snug::detail::remove_cvref_t<Sndr>>;

namespace detail {

// An xvalue is connected as a prvalue is: one operation, one name.
template <class Sndr> struct connected_as {
  using type = Sndr;
};
template <class Sndr> struct connected_as<Sndr &&> {
  using type = Sndr;
};

} // namespace detail

/// The operation state that a named_operation_sender names for a receiver.
template <class Sndr, class Rcvr>
using operation_for_t =
    typename snug::detail::remove_cvref_t<Sndr>::template operation_for<typename detail::connected_as<Sndr>::type,
                                                                        Rcvr>;

} // namespace snug::execution

#endif
