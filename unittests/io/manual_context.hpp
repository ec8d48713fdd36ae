// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An execution context of one thread, driven by the test.
#ifndef SNUG_UNITTESTS_IO_MANUAL_CONTEXT_HPP
#define SNUG_UNITTESTS_IO_MANUAL_CONTEXT_HPP

#include <snug/io/executor.hpp>
#include <snug/io/work.hpp>

#include <cstddef>

namespace snug_test {

// First in, first out. Where last_ points is the end, and the last one's next is never read: to push is two stores.
class manual_context {
public:
  class executor;

  manual_context() = default;
  manual_context(manual_context &&) = delete;

  executor get_executor() noexcept;

  void push(snug::io::work *w) noexcept {
    *last_ = w;
    last_ = &w->next;
  }

  // Runs one piece of work; false where there is none.
  bool run_one() noexcept {
    snug::io::work **const last = last_;
    if (last == &first_) {
      return false;
    }
    snug::io::work *const w = first_;
    if (last == &w->next) {
      last_ = &first_;
    } else {
      first_ = w->next;
    }
    w->run(w);
    return true;
  }

  // Runs until nothing is queued, and says how much there was.
  std::size_t run() noexcept {
    std::size_t count = 0;
    while (run_one()) {
      ++count;
    }
    return count;
  }

private:
  snug::io::work *first_ = nullptr;
  snug::io::work **last_ = &first_;
};

// 16 bytes: what executor_base needs beside the address of the context.
class manual_context::executor final : public snug::io::executor_base {
public:
  explicit executor(manual_context &context) noexcept : context_(&context) {}

  snug::io::coro dispatch(snug::io::coro h) const noexcept override { return h; }
  void post(snug::io::work *w) const noexcept override { context_->push(w); }

  manual_context &context() const noexcept { return *context_; }
  friend bool operator==(executor const &a, executor const &b) noexcept { return a.context_ == b.context_; }

private:
  manual_context *context_;
};

inline manual_context::executor manual_context::get_executor() noexcept { return executor(*this); }

} // namespace snug_test

#endif
