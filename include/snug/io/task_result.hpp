// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a task has returned or thrown, in its promise until somebody takes it.
#ifndef SNUG_IO_TASK_RESULT_HPP
#define SNUG_IO_TASK_RESULT_HPP

#include <snug/config.hpp>

#include <exception>
#include <new>
#include <type_traits>
#include <utility>

namespace snug::io::detail {

// lib/io/task_result.cpp: apart, so that those who await a task keep no registers for it.
[[noreturn]] void rethrow(std::exception_ptr &error);

template <class T> class task_result {
  // A reference is kept as a pointer.
  using kept = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T> *, T>;

public:
  task_result() noexcept {}
  task_result(task_result &&) = delete;
  ~task_result() { destroy(); }

  template <class V = T>
    requires(!std::is_scalar_v<T> && std::is_convertible_v<V, T>)
  void return_value(V &&value) {
    if constexpr (std::is_reference_v<T>) {
      T &&result = static_cast<V &&>(value);
      ::new (static_cast<void *>(&value_)) kept(&result);
    } else {
      ::new (static_cast<void *>(&value_)) kept(static_cast<V &&>(value));
    }
    holds_ = held::value;
  }
  // Converted in the coroutine, where the compiler sees that a literal fits.
  void return_value(T value) noexcept
    requires std::is_scalar_v<T>
  {
    ::new (static_cast<void *>(&value_)) kept(value);
    holds_ = held::value;
  }
  // A value may be there already: a local variable's destructor has thrown since.
  void unhandled_exception() noexcept {
    destroy();
    ::new (static_cast<void *>(&error_)) std::exception_ptr(std::current_exception());
    holds_ = held::error;
  }

  bool has_error() const noexcept { return holds_ == held::error; }
  std::exception_ptr const &error() const noexcept { return error_; }
  std::exception_ptr take_error() noexcept { return static_cast<std::exception_ptr &&>(error_); }
  T &&value() noexcept {
    if constexpr (std::is_reference_v<T>) {
      return static_cast<T &&>(*value_);
    } else {
      return static_cast<T &&>(value_);
    }
  }
  T take() {
    if (has_error()) [[unlikely]] {
      rethrow(error_);
    }
    return value();
  }

private:
  enum class held : unsigned char { nothing, value, error };

  void destroy() noexcept {
    if (holds_ == held::error) [[unlikely]] {
      error_.~exception_ptr();
    } else if constexpr (!std::is_trivially_destructible_v<kept>) {
      if (holds_ == held::value) {
        value_.~kept();
      }
    }
  }

  union {
    kept value_;
    std::exception_ptr error_;
  };
  held holds_ = held::nothing;
};

template <class T>
  requires std::is_void_v<T>
class task_result<T> {
public:
  task_result() noexcept = default;
  task_result(task_result &&) = delete;

  static constexpr void return_void() noexcept {}
  void unhandled_exception() noexcept { error_ = std::current_exception(); }

  bool has_error() const noexcept { return error_ != nullptr; }
  std::exception_ptr const &error() const noexcept { return error_; }
  std::exception_ptr take_error() noexcept { return static_cast<std::exception_ptr &&>(error_); }
  static constexpr void value() noexcept {}
  void take() {
    if (has_error()) [[unlikely]] {
      rethrow(error_);
    }
  }

private:
  std::exception_ptr error_;
};

} // namespace snug::io::detail

#endif
