// Somebody else's receivers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
struct their_receiver {
  using receiver_concept = void;
  template <class C>
    requires(sizeof(C) > 8)
  static their_receiver make_receiver_for(C *) noexcept;
};
template <class C>
concept their_child = requires { typename C::their_tag; };
