// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Storage for a callable in an operation state; none for a callable that can be made again.
#ifndef SNUG_DETAIL_CALLABLE_HPP
#define SNUG_DETAIL_CALLABLE_HPP

#include <snug/detail/traits.hpp>

#include <type_traits>

namespace snug::detail {

template <class F>
inline constexpr bool is_recreatable =
    std::is_empty_v<F> && std::is_trivially_copyable_v<F> && std::is_trivially_default_constructible_v<F>;

// Two empty subobjects of one type cannot share an address, so equal empty callables at two levels would cost a byte
// each: those that carry no state at all are made anew where they are called. Owner makes the type unique.
template <class F, class Owner, bool = is_recreatable<F>> class callable {
public:
  template <class G>
  constexpr explicit callable(G &&f) noexcept(is_nothrow_constructible<F, G>) : f_(static_cast<G &&>(f)) {}

  constexpr F &&take() noexcept { return static_cast<F &&>(f_); }
  // Of an owner whose other bases may be under construction, when none of its member functions may be called
  // ([class.base.init]/16).
  static constexpr F &&take_from(callable &self) noexcept { return static_cast<F &&>(self.f_); }

private:
  [[no_unique_address]] F f_;
};
template <class F, class Owner> class callable<F, Owner, true> {
public:
  constexpr explicit callable(F const &) noexcept {}

  static constexpr F take() noexcept { return F(); }
  static constexpr F take_from(callable &) noexcept { return F(); }
};

// In the place of a callable that is never called.
template <class Owner> class uncalled {
public:
  constexpr explicit uncalled(auto const &) noexcept {}
};

} // namespace snug::detail

#endif
