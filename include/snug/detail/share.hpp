// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A counted reference to an object that counts itself.
#ifndef SNUG_DETAIL_SHARE_HPP
#define SNUG_DETAIL_SHARE_HPP

#include <utility>

namespace snug::detail {

/// One of the references to a T that T::share() counts and T::release() gives up, the last one with the object; may be
/// none.
///
/// State:      8 bytes: the pointer.
template <class T> class share {
public:
  constexpr share() noexcept = default;
  /// Takes over a reference that is counted already.
  explicit share(T *object) noexcept : object_(object) {}
  share(share &&other) noexcept : object_(other.take()) {}
  share(share const &other) noexcept : object_(other.object_) {
    if (object_ != nullptr) {
      object_->share();
    }
  }
  share &operator=(share other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~share() {
    if (object_ != nullptr) {
      object_->release();
    }
  }

  T *get() const noexcept { return object_; }
  /// Hands the reference over to the caller.
  T *take() noexcept { return std::exchange(object_, nullptr); }

  friend bool operator==(share const &, share const &) noexcept = default;

private:
  T *object_ = nullptr;
};

} // namespace snug::detail

#endif
