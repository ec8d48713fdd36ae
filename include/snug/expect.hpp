// What a program states about itself: sizes, offsets, padding, back-pointers, cache lines, and loads of its functions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Under snug's Clang plugin (and `snug check`) every statement is checked and the bytes that differ are named. Without
// it SNUG is empty, so that no compiler sees an attribute it does not know, and SNUG_ASSERT_LAYOUT is what the compiler
// can decide by itself. Stating something never changes the code (lit-tests/plugin/same-code.sh.cpp).
#ifndef SNUG_EXPECT_HPP
#define SNUG_EXPECT_HPP

#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(snug::stated)
#define SNUG_STATED_IS_CHECKED 1
#endif
#endif
#ifndef SNUG_STATED_IS_CHECKED
/// 1 where the plugin checks every statement, 0 where only SNUG_ASSERT_LAYOUT is checked, by the compiler.
#define SNUG_STATED_IS_CHECKED 0
#endif

/// States figures of a class, an alias or a variable: `size(24)`, `align(8)`, `padding(0)`, `back_pointers(0)`,
/// `cache_lines(1)`; of a member: `offset(8)`, and `hot(1)`: all members with this number are to lie in one cache line;
/// of a function: `loads(6)`, `stores(2)`, `chain(1)`, `spills(0)`, `calls(0)`, `frame(0)`, `instructions(10)`,
/// `bytes(34)`, `cache_lines(1)`; of a coroutine: `frame(128)`, its coroutine frame. A bare name means "exactly";
/// `max_size(64)` and `min_size(1)` bound. Numbers are integer constants and may depend on template parameters.
///
/// Where:      `struct SNUG(size(8)) point {…};`, `using p SNUG(size(8)) = point;`, `SNUG(size(8)) point p;`,
///             `SNUG(offset(4)) int y;`, `SNUG(loads(1)) int f(…);`. Implicit instantiations inherit what their
///             template states; explicit and partial specialisations state their own; alias templates cannot state
///             anything.
/// Counting:   bytes from the start of the complete object; cache lines of 64 bytes, from an object that starts at one.
///             Loads, chains and spills are read from the object file by `snug asm --verify`.
#if SNUG_STATED_IS_CHECKED
#define SNUG(...) [[using snug: stated(#__VA_ARGS__), __VA_ARGS__]]
#else
#define SNUG(...)
#endif

/// The same for a condition: `SNUG_WHEN(sizeof(void*) == 8, size(24))`. The condition is a constant and may depend on
/// template parameters.
#if SNUG_STATED_IS_CHECKED
#define SNUG_WHEN(condition, ...) [[using snug: stated(#__VA_ARGS__), when(condition), __VA_ARGS__]]
#else
#define SNUG_WHEN(condition, ...)
#endif

/// The portable form, a declaration: `SNUG_ASSERT_LAYOUT(point, size(8), align(4));` stands wherever a static_assert
/// does. Without the plugin it is one static_assert for each of `size`, `align`, `cache_lines` and their bounds; what
/// the compiler cannot decide (`padding`, `back_pointers`) is left to the plugin. A type with a comma needs an alias.
#if SNUG_STATED_IS_CHECKED
// Clang calls __COUNTER__ an extension; __LINE__ alone would clash between headers.
#define SNUG_ASSERT_LAYOUT(type, ...)                                                                                  \
  _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wunknown-warning-option\"") _Pragma(           \
      "clang diagnostic ignored \"-Wc2y-extensions\"") SNUG_DETAIL_STATED_ALIAS(__COUNTER__, type, __VA_ARGS__)        \
      _Pragma("clang diagnostic pop") static_assert(sizeof(type) != 0, "a layout is stated of a complete type")
#define SNUG_DETAIL_STATED_ALIAS(id, type, ...) SNUG_DETAIL_STATED_ALIAS_NAMED(id, type, __VA_ARGS__)
#define SNUG_DETAIL_STATED_ALIAS_NAMED(id, type, ...) using snug_stated_##id [[maybe_unused]] SNUG(__VA_ARGS__) = type;
#else
#define SNUG_ASSERT_LAYOUT(type, ...)                                                                                  \
  static_assert(sizeof(type) != 0, "a layout is stated of a complete type");                                           \
  SNUG_DETAIL_PICK(__VA_ARGS__, SNUG_DETAIL_ASSERT8, SNUG_DETAIL_ASSERT7, SNUG_DETAIL_ASSERT6, SNUG_DETAIL_ASSERT5,    \
                   SNUG_DETAIL_ASSERT4, SNUG_DETAIL_ASSERT3, SNUG_DETAIL_ASSERT2, SNUG_DETAIL_ASSERT1, 0)              \
  (type, __VA_ARGS__) static_assert(true, "takes the semicolon")
#endif

/// `SNUG_ASSERT_OFFSET(point, y, 4);` wherever offsetof decides: members of standard-layout classes everywhere, of
/// other classes where the compiler supports it ([support.types.layout]/1).
#define SNUG_ASSERT_OFFSET(type, member, bytes)                                                                        \
  static_assert(__builtin_offsetof(type, member) == (bytes), "'" #member "' is not at the stated offset of '" #type "'")

namespace snug::detail {
/// What the compiler knows of a layout by itself.
template <class T> struct layout_figures {
  static constexpr decltype(sizeof(T)) size = sizeof(T);
  static constexpr decltype(sizeof(T)) align = alignof(T);
  static constexpr decltype(sizeof(T)) cache_lines = (sizeof(T) + 63) / 64;
  /// Stands for figures that only the plugin knows.
  static constexpr decltype(sizeof(T)) undecided = 0;
};
} // namespace snug::detail

// One static_assert per statement: `size(24)` becomes `layout_figures<T>::size == (24)`.
#define SNUG_DETAIL_EXPECT_size(...) size, ==, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_max_size(...) size, <=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_min_size(...) size, >=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_align(...) align, ==, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_max_align(...) align, <=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_min_align(...) align, >=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_cache_lines(...) cache_lines, ==, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_max_cache_lines(...) cache_lines, <=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_min_cache_lines(...) cache_lines, >=, __VA_ARGS__
#define SNUG_DETAIL_EXPECT_padding(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_EXPECT_max_padding(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_EXPECT_min_padding(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_EXPECT_back_pointers(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_EXPECT_max_back_pointers(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_EXPECT_min_back_pointers(...) undecided, ==, 0 * (__VA_ARGS__)
#define SNUG_DETAIL_ASSERT(type, ...) SNUG_DETAIL_ASSERT_FIGURE(type, #__VA_ARGS__, SNUG_DETAIL_EXPECT_##__VA_ARGS__)
#define SNUG_DETAIL_ASSERT_FIGURE(...) SNUG_DETAIL_ASSERT_COMPARE(__VA_ARGS__)
#define SNUG_DETAIL_ASSERT_COMPARE(type, text, figure, compare, ...)                                                   \
  static_assert(::snug::detail::layout_figures<type>::figure compare(__VA_ARGS__), text " was stated of '" #type "'");

// Applies SNUG_DETAIL_ASSERT to each statement. Flat instead of recursive: compilers print every step of an expansion.
#define SNUG_DETAIL_PICK(a, b, c, d, e, f, g, h, name, ...) name
#define SNUG_DETAIL_ASSERT1(type, a) SNUG_DETAIL_ASSERT(type, a)
#define SNUG_DETAIL_ASSERT2(type, a, b) SNUG_DETAIL_ASSERT(type, a) SNUG_DETAIL_ASSERT(type, b)
#define SNUG_DETAIL_ASSERT3(type, a, b, c)                                                                             \
  SNUG_DETAIL_ASSERT(type, a) SNUG_DETAIL_ASSERT(type, b) SNUG_DETAIL_ASSERT(type, c)
#define SNUG_DETAIL_ASSERT4(type, a, b, c, d)                                                                          \
  SNUG_DETAIL_ASSERT(type, a) SNUG_DETAIL_ASSERT(type, b) SNUG_DETAIL_ASSERT(type, c) SNUG_DETAIL_ASSERT(type, d)
#define SNUG_DETAIL_ASSERT5(type, a, b, c, d, e)                                                                       \
  SNUG_DETAIL_ASSERT(type, a)                                                                                          \
  SNUG_DETAIL_ASSERT(type, b) SNUG_DETAIL_ASSERT(type, c) SNUG_DETAIL_ASSERT(type, d) SNUG_DETAIL_ASSERT(type, e)
#define SNUG_DETAIL_ASSERT6(type, a, b, c, d, e, f)                                                                    \
  SNUG_DETAIL_ASSERT(type, a)                                                                                          \
  SNUG_DETAIL_ASSERT(type, b)                                                                                          \
  SNUG_DETAIL_ASSERT(type, c) SNUG_DETAIL_ASSERT(type, d) SNUG_DETAIL_ASSERT(type, e) SNUG_DETAIL_ASSERT(type, f)
#define SNUG_DETAIL_ASSERT7(type, a, b, c, d, e, f, g)                                                                 \
  SNUG_DETAIL_ASSERT(type, a)                                                                                          \
  SNUG_DETAIL_ASSERT(type, b)                                                                                          \
  SNUG_DETAIL_ASSERT(type, c)                                                                                          \
  SNUG_DETAIL_ASSERT(type, d) SNUG_DETAIL_ASSERT(type, e) SNUG_DETAIL_ASSERT(type, f) SNUG_DETAIL_ASSERT(type, g)
#define SNUG_DETAIL_ASSERT8(type, a, b, c, d, e, f, g, h)                                                              \
  SNUG_DETAIL_ASSERT(type, a)                                                                                          \
  SNUG_DETAIL_ASSERT(type, b)                                                                                          \
  SNUG_DETAIL_ASSERT(type, c)                                                                                          \
  SNUG_DETAIL_ASSERT(type, d)                                                                                          \
  SNUG_DETAIL_ASSERT(type, e) SNUG_DETAIL_ASSERT(type, f) SNUG_DETAIL_ASSERT(type, g) SNUG_DETAIL_ASSERT(type, h)

#endif
