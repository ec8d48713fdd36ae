// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Awaitables of several operations, for whatever storage of executors their caller has.
#ifndef SNUG_IO_DETAIL_COMPOSED_HPP
#define SNUG_IO_DETAIL_COMPOSED_HPP

#include <snug/config.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/task.hpp>
#include <snug/stop_token.hpp>

#include <array>
#include <cstddef>
#include <new>
#include <utility>

namespace snug::io::detail::inline SNUG_ABI_NAMESPACE {

using transferred = io_result<std::size_t>;

// A task whose type is known when it is awaited: Steps(handle tag) makes it of a Handle. Until then there is no frame,
// and none where Steps has its result at once.
template <class Steps> class [[nodiscard]] composed {
public:
  explicit composed(Steps steps) : steps_(std::move(steps)) {}
  composed(composed &&other) : steps_(std::move(other.steps_)) {} // before it is awaited
  ~composed() {
    if (calls_ != nullptr) {
      calls_->destroy(task_);
    }
  }

  bool await_ready() { return steps_.at_once(result_); }
  template <executor_handle Handle> coro await_suspend(coro h, Handle ex, inplace_stop_token stop) {
    using task_type = basic_task<Handle, transferred>;
    static_assert(sizeof(task_type) <= sizeof(task_));
    auto *const made = ::new (static_cast<void *>(task_)) task_type(steps_.template run<Handle>());
    calls_ = &calls_of<task_type>;
    return made->await_suspend(h, ex, stop);
  }
  transferred await_resume() { return calls_ == nullptr ? result_ : calls_->await_resume(task_); }

private:
  struct calls {
    transferred (*await_resume)(void *);
    void (*destroy)(void *) noexcept;
  };
  // From void, [expr.static.cast]/14: await_suspend made a Task where these functions look for one.
  template <class Task>
  static constexpr calls calls_of{
      [](void *task) { return std::launder(static_cast<Task *>(task))->await_resume(); },
      [](void *task) noexcept { std::launder(static_cast<Task *>(task))->~Task(); },
  };

  Steps steps_;
  transferred result_;
  calls const *calls_ = nullptr;
  alignas(void *) unsigned char task_[sizeof(void *)];
};

// The buffers of a sequence behind its first bytes, some of them.
template <class Buffer> class remaining_buffers {
public:
  template <class Buffers> remaining_buffers(Buffers const &buffers, std::size_t skip) {
    for_each_buffer<Buffer>(buffers, [&](Buffer one) {
      std::size_t const skipped = skip < one.size() ? skip : one.size();
      skip -= skipped;
      one += skipped;
      if (one.size() != 0) {
        buffers_[count_++] = one;
      }
      return count_ != buffers_.size();
    });
  }
  bool empty() const noexcept { return count_ == 0; }
  Buffer const *begin() const noexcept { return buffers_.data(); }
  Buffer const *end() const noexcept { return buffers_.data() + count_; }

private:
  std::array<Buffer, 8> buffers_;
  std::size_t count_ = 0;
};

// All of a transfer, in either direction: Some::of(stream, buffers) is the operation that moves a part.
template <class Some, class Buffer, class Stream, class Buffers> struct transfer_steps {
  bool at_once(transferred &) const { return buffer_empty(buffers); }
  template <class Handle> basic_task<Handle, transferred> run() const { return loop<Handle>(stream, buffers); }

  template <class Handle> static basic_task<Handle, transferred> loop(Stream &stream, Buffers buffers) {
    transferred result;
    for (;;) {
      remaining_buffers<Buffer> const rest(buffers, result.value);
      if (rest.empty()) {
        break;
      }
      auto operation = Some::of(stream, rest);
      auto const [ec, n] = co_await operation;
      result.value += n;
      if (ec) {
        result.ec = ec;
        break;
      }
    }
    co_return result;
  }

  Stream &stream;
  Buffers buffers;
};

} // namespace snug::io::detail::inline SNUG_ABI_NAMESPACE

#endif
