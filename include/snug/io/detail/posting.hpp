// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The executor of whoever awaits an operation, whatever handle the caller stores of it.
#ifndef SNUG_IO_DETAIL_POSTING_HPP
#define SNUG_IO_DETAIL_POSTING_HPP

#include <snug/io/executor.hpp>

#include <cstring>

namespace snug::io::detail {

// Holds the handle itself, not its address: the handle is an argument of await_suspend and gone when that returns.
class posting {
public:
  posting() = default;
  template <executor_handle Handle> explicit posting(Handle ex) noexcept : post_(&post_to<Handle>) {
    static_assert(sizeof(Handle) <= sizeof(handle_), "an executor_handle is two pointers at most");
    std::memcpy(handle_, &ex, sizeof(ex));
  }

  // Works on a copy: the operation that holds the posting may be started anew before this returns.
  void operator()(work *w) const noexcept {
    posting const copy = *this;
    copy.post_(copy, w);
  }

private:
  // Copied bytes of a trivially copyable type hold its value, [basic.types.general]/3.
  template <class Handle> static void post_to(posting const &self, work *w) noexcept {
    Handle ex;
    std::memcpy(static_cast<void *>(&ex), self.handle_, sizeof(ex));
    ex.post(w);
  }

  alignas(void *) unsigned char handle_[2 * sizeof(void *)] = {};
  void (*post_)(posting const &, work *) noexcept = nullptr;
};

} // namespace snug::io::detail

#endif
