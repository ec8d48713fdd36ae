// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The awaitables of type-erased streams.
#ifndef SNUG_ANY_ERASED_OPERATION_HPP
#define SNUG_ANY_ERASED_OPERATION_HPP

#include <snug/any/awaitable_functions.hpp>
#include <snug/any/erased_buffers.hpp>
#include <snug/any/erased_stream.hpp>
#include <snug/any/made_awaitable.hpp>
#include <snug/detail/assert.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace snug::io::detail {

// An operation, whose inner awaitable lies in the wrapper's block from make() to finish(): table_ says whether it is
// there. The wrapper knows of the operation only while the coroutine is suspended, since nobody else gets a turn before.
template <class Vtable> class pending_operation {
  using handle = typename Vtable::handle_type;
  using buffer = typename Vtable::buffer_type;

public:
  explicit pending_operation(erased_stream<Vtable> &stream) noexcept : stream_(&stream) {}
  pending_operation(pending_operation &&other) noexcept : stream_(other.stream_) {
    SNUG_ASSERT(other.table_ == nullptr,
                "an operation on a type-erased stream was moved after it had begun: its coroutine waits for the "
                "original");
  }
  ~pending_operation() {
    if (table_ != nullptr) {
      give_up();
      stream_->pending_ = nullptr;
    }
  }

protected:
  bool is_made() const noexcept {
    SNUG_ASSERT(stream_ != nullptr,
                "a coroutine was resumed from an operation on a type-erased stream that was destroyed "
                "in the meantime");
    return table_ != nullptr;
  }

  // Makes the inner awaitable; whether it is ready.
  template <unsigned Operation>
  bool make(std::integral_constant<unsigned, Operation> operation, std::span<buffer const> buffers) {
    SNUG_ASSERT(stream_->vtable_ != nullptr,
                "an operation on a type-erased stream that holds no stream: it was default-constructed or moved from");
    SNUG_ASSERT(stream_->pending_ == nullptr,
                "two operations of one kind at the same time on a type-erased stream: there is room for the awaitable "
                "of one; await the first before starting the second");
    auto const made = stream_->vtable_->make(operation, stream_->stream_, stream_->storage_, buffers);
    table_ = made.table;
    if (made.answer > readiness::suspends) {
      return true;
    }
    return made.answer < readiness::suspends && made.table->await_ready(stream_->storage_);
  }

  // Once the inner awaitable has been handed the coroutine, it may have gone on elsewhere and this be gone.
  coro suspend(coro h, handle ex, inplace_stop_token stop) {
    stream_->pending_ = this;
    return table_->await_suspend(stream_->storage_, h, ex, stop);
  }

  io_result<std::size_t> finish() {
    stream_->pending_ = nullptr;
    return std::exchange(table_, nullptr)->await_resume(stream_->storage_);
  }

private:
  friend erased_stream<Vtable>;

  void give_up() noexcept { table_->give_up(stream_->storage_); }
  void lose_stream() noexcept {
    give_up();
    table_ = nullptr;
    stream_ = nullptr;
  }

  erased_stream<Vtable> *stream_;
  typename Vtable::awaitable_table const *table_ = nullptr;
};

// Where the inner awaitable is made. In await_ready() an operation that completes at once never suspends its coroutine;
// in await_suspend() the inner awaitable is made once the coroutine is suspended.
enum class made_in : unsigned char { await_ready, await_suspend };

// Whether an operation without bytes completes without an inner awaitable.
enum class empty_buffers : unsigned char { are_passed_on, complete };

template <class Vtable, class Buffers, unsigned Operation, made_in Where, empty_buffers Empty,
          class Result = io_result<std::size_t>>
class [[nodiscard]] erased_operation : private pending_operation<Vtable> {
  using base = pending_operation<Vtable>;
  using operation = std::integral_constant<unsigned, Operation>;
  using kept = erased_buffers_t<typename Vtable::buffer_type, Buffers>;

public:
  erased_operation(erased_stream<Vtable> &stream, Buffers const &buffers) : base(stream), buffers_(buffers) {}

  bool await_ready() noexcept(Where == made_in::await_suspend) {
    if constexpr (Empty == empty_buffers::complete) {
      if (buffers_.empty()) {
        return true;
      }
    }
    if constexpr (Where == made_in::await_ready) {
      return base::make(operation(), buffers_.get());
    } else {
      return false;
    }
  }

  coro await_suspend(coro h, typename Vtable::handle_type ex, inplace_stop_token stop) {
    if constexpr (Where == made_in::await_suspend) {
      if (base::make(operation(), buffers_.get())) {
        return h;
      }
    }
    return base::suspend(h, ex, stop);
  }

  Result await_resume() {
    [[maybe_unused]] bool const is_made = base::is_made();
    if constexpr (Empty == empty_buffers::complete) {
      if (!is_made) {
        return {};
      }
    }
    if constexpr (std::is_same_v<Result, io_result<std::size_t>>) {
      return base::finish();
    } else {
      return {base::finish().ec};
    }
  }

private:
  [[no_unique_address]] kept buffers_;
};

} // namespace snug::io::detail

#endif
