// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Atomic operations on plain integers and pointers, without <atomic>; plain ones in constant expressions.
#ifndef SNUG_DETAIL_ATOMIC_HPP
#define SNUG_DETAIL_ATOMIC_HPP

#include <type_traits>

namespace snug::detail {

template <class T> constexpr T load_acquire(T const &cell) noexcept {
  if (std::is_constant_evaluated()) {
    return cell;
  }
  return __atomic_load_n(&cell, __ATOMIC_ACQUIRE);
}

template <class T> constexpr void store_release(T &cell, std::type_identity_t<T> value) noexcept {
  if (std::is_constant_evaluated()) {
    cell = value;
  } else {
    __atomic_store_n(&cell, value, __ATOMIC_RELEASE);
  }
}

// Stores the value where the cell holds the expected one, and says whether it did; acquire and release.
template <class T>
constexpr bool compare_exchange(T &cell, std::type_identity_t<T> &expected, std::type_identity_t<T> value) noexcept {
  if (std::is_constant_evaluated()) {
    bool const equal = cell == expected;
    (equal ? cell : expected) = equal ? value : cell;
    return equal;
  }
  return __atomic_compare_exchange_n(&cell, &expected, value, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

// Counts one more owner of something, which an owner of it asks for.
template <class T> constexpr void add_owner(T &owners) noexcept {
  if (std::is_constant_evaluated()) {
    ++owners;
  } else {
    __atomic_fetch_add(&owners, T(1), __ATOMIC_RELAXED);
  }
}

// The value before; acquire and release.
template <class T> constexpr T fetch_or(T &cell, std::type_identity_t<T> bits) noexcept {
  if (std::is_constant_evaluated()) {
    T const before = cell;
    cell = static_cast<T>(cell | bits);
    return before;
  }
  return __atomic_fetch_or(&cell, bits, __ATOMIC_ACQ_REL);
}

// The value before; acquire and release.
template <class T> constexpr T fetch_sub(T &cell, std::type_identity_t<T> amount) noexcept {
  if (std::is_constant_evaluated()) {
    T const before = cell;
    cell = static_cast<T>(cell - amount);
    return before;
  }
  return __atomic_fetch_sub(&cell, amount, __ATOMIC_ACQ_REL);
}

// The value before; acquire and release.
template <class T> constexpr T exchange(T &cell, std::type_identity_t<T> value) noexcept {
  if (std::is_constant_evaluated()) {
    T const before = cell;
    cell = value;
    return before;
  }
  return __atomic_exchange_n(&cell, value, __ATOMIC_ACQ_REL);
}

// Counts one arrival and says whether it was the last of those that the counter was set to. What happened before an
// earlier arrival is visible to the last one. The last finds 1 and needs no read-modify-write: nobody else is left to
// write.
template <class T> constexpr bool last_arrival(T &counter) noexcept {
  if (std::is_constant_evaluated()) {
    return --counter == 0;
  }
  return __atomic_load_n(&counter, __ATOMIC_ACQUIRE) == 1 || __atomic_fetch_sub(&counter, T(1), __ATOMIC_ACQ_REL) == 1;
}

// The same without a look: for a counter that extend() may raise meanwhile, and for whoever is hardly ever the last.
template <class T> constexpr bool last_arrival_of_extensible(T &counter) noexcept {
  if (std::is_constant_evaluated()) {
    return --counter == 0;
  }
  return __atomic_fetch_sub(&counter, T(1), __ATOMIC_ACQ_REL) == 1;
}

// Counts one more, for an owner of one of those that are counted: nobody needs to see anything by it.
template <class T> constexpr void add_share(T &counter) noexcept {
  if (std::is_constant_evaluated()) {
    ++counter;
  } else {
    __atomic_fetch_add(&counter, T(1), __ATOMIC_RELAXED);
  }
}

// Asks for one more arrival; false where the last one has been counted.
template <class T> constexpr bool extend(T &counter) noexcept {
  T count = load_acquire(counter);
  while (count != 0 && !compare_exchange(counter, count, static_cast<T>(count + 1))) {
  }
  return count != 0;
}

} // namespace snug::detail

#endif
