// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Objects in memory of an allocator ([allocator.requirements]), without <memory>.
#ifndef SNUG_DETAIL_ALLOCATE_HPP
#define SNUG_DETAIL_ALLOCATE_HPP

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::detail {

/// What std::allocator is, where nobody named an allocator: operator new and operator delete.
///
/// State:      empty.
/// Source:     [default.allocator].
template <class T> struct default_allocator {
  using value_type = T;

  constexpr default_allocator() noexcept = default;
  template <class U> constexpr default_allocator(default_allocator<U> const &) noexcept {}

  T *allocate(std::size_t count) {
    if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
      return static_cast<T *>(::operator new(count * sizeof(T), std::align_val_t(alignof(T))));
    } else {
      return static_cast<T *>(::operator new(count * sizeof(T)));
    }
  }
  void deallocate(T *memory, std::size_t) noexcept {
    if constexpr (alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
      ::operator delete(memory, std::align_val_t(alignof(T)));
    } else {
      ::operator delete(memory);
    }
  }
  friend constexpr bool operator==(default_allocator, default_allocator) noexcept { return true; }
};

template <class Allocator, class T> struct rebound;
template <template <class, class...> class Allocator, class U, class... Args, class T>
  requires(!requires { typename Allocator<U, Args...>::template rebind<T>::other; })
struct rebound<Allocator<U, Args...>, T> {
  using type = Allocator<T, Args...>;
};
template <class Allocator, class T>
  requires requires { typename Allocator::template rebind<T>::other; }
struct rebound<Allocator, T> {
  using type = typename Allocator::template rebind<T>::other;
};

// The allocator of the same family for objects of T: a member template rebind, or else the first template argument.
template <class Allocator, class T> using rebound_t = typename rebound<std::remove_cv_t<Allocator>, T>::type;

template <class Pointer> constexpr auto *raw_pointer(Pointer const &pointer) noexcept {
  if constexpr (std::is_pointer_v<Pointer>) {
    return pointer;
  } else {
    return detail::raw_pointer(pointer.operator->());
  }
}

// The way back: std::pointer_traits<Pointer>::pointer_to.
template <class Pointer, class T> constexpr Pointer pointer_to(T &object) noexcept {
  if constexpr (std::is_pointer_v<Pointer>) {
    return &object;
  } else {
    return Pointer::pointer_to(object);
  }
}

/// Makes a T in memory of an allocator of any value type; nothing stays allocated where the constructor throws.
template <class T, class Allocator, class... Args> T *new_object(Allocator const &allocator, Args &&...args) {
  rebound_t<Allocator, T> own(allocator);
  auto memory = own.allocate(1);
  T *const object = detail::raw_pointer(memory);
  try {
    ::new (static_cast<void *>(object)) T(static_cast<Args &&>(args)...);
  } catch (...) {
    own.deallocate(memory, 1);
    throw;
  }
  return object;
}

/// Destroys what new_object() made with an equal allocator, which may live in the object.
template <class T, class Allocator> void delete_object(Allocator const &allocator, T *object) noexcept {
  rebound_t<Allocator, T> own(allocator);
  using pointer = decltype(own.allocate(1));
  pointer memory = detail::pointer_to<pointer>(*object);
  object->~T();
  own.deallocate(memory, 1);
}

} // namespace snug::detail

#endif
