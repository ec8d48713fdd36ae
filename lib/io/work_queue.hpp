// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Work, first in, first out; for one thread at a time.
#ifndef SNUG_LIB_IO_WORK_QUEUE_HPP
#define SNUG_LIB_IO_WORK_QUEUE_HPP

#include <snug/io/work.hpp>

#include <utility>

namespace snug::io::detail {

class work_queue {
public:
  work_queue() = default;
  work_queue(work_queue const &) = delete;

  bool empty() const noexcept { return first_ == nullptr; }

  void push(work *w) noexcept {
    w->next = nullptr;
    (first_ == nullptr ? first_ : last_->next) = w;
    last_ = w;
  }

  // Only where it is not empty.
  work *pop() noexcept {
    work *const w = first_;
    first_ = w->next;
    return w;
  }

  // Takes all of another queue behind what is here.
  void append(work_queue &other) noexcept {
    if (!other.empty()) {
      (first_ == nullptr ? first_ : last_->next) = other.first_;
      last_ = other.last_;
      other.first_ = nullptr;
    }
  }

private:
  work *first_ = nullptr;
  work *last_ = nullptr; // meaningless where first_ is null
};

} // namespace snug::io::detail

#endif
