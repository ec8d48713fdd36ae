// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What all type-erased streams store, whatever their table.
#ifndef SNUG_ANY_ERASED_STREAM_HPP
#define SNUG_ANY_ERASED_STREAM_HPP

#include <snug/any/block.hpp>
#include <snug/detail/assert.hpp>

#include <utility>

namespace snug::io::detail {

template <class Vtable> class pending_operation;
struct borrowed_t {};

// A stream, the table of its type, and the block with the room for its awaitable. While the coroutine of an operation
// is suspended the wrapper and the operation know each other, so that either may be destroyed first.
template <class Vtable> class erased_stream {
public:
  erased_stream() = default;
  erased_stream(erased_stream &&other) noexcept { take(other); }
  erased_stream &operator=(erased_stream &&other) noexcept {
    if (this != &other) {
      release();
      take(other);
    }
    return *this;
  }
  ~erased_stream() { release(); }

  /// Whether there is a stream.
  explicit operator bool() const noexcept { return vtable_ != nullptr; }

protected:
  // Owns the stream.
  template <class Block, class Stream>
  erased_stream(Block, Vtable const &vtable, Stream &&stream)
      : stream_(nullptr), vtable_(nullptr), storage_(allocate_block(Block::size, Block::alignment)) {
    stream_ = Block::make(storage_, static_cast<Stream &&>(stream));
    vtable_ = &vtable;
  }
  // Refers to the stream.
  template <class Block, class Stream>
  erased_stream(Block, Vtable const &vtable, Stream *stream)
      : stream_(stream), vtable_(&vtable), storage_(allocate_block(Block::size, Block::alignment)) {}
  // Refers to the stream, and has its room in somebody else's block.
  erased_stream(borrowed_t, Vtable const &vtable, void *stream, void *storage) noexcept
      : stream_(stream), vtable_(&vtable), storage_(storage) {}

  void *stream() const noexcept { return stream_; }
  void *storage() const noexcept { return storage_; }

private:
  friend pending_operation<Vtable>;

  void take(erased_stream &other) noexcept {
    SNUG_ASSERT(other.pending_ == nullptr,
                "a type-erased stream was moved while an operation on it is pending: the operation will look for its "
                "stream where it was; await the operation first, or cancel it and await that");
    stream_ = std::exchange(other.stream_, nullptr);
    vtable_ = std::exchange(other.vtable_, nullptr);
    storage_ = std::exchange(other.storage_, nullptr);
  }

  void release() noexcept {
    if (vtable_ == nullptr) {
      return;
    }
    if (pending_ != nullptr) {
      std::exchange(pending_, nullptr)->lose_stream();
    }
    if (vtable_->destroy != nullptr) {
      vtable_->destroy(stream_);
    }
    if (vtable_->awaitable_size != 0) {
      deallocate_block(storage_, vtable_->awaitable_align);
    }
    vtable_ = nullptr;
  }

  void *stream_ = nullptr;
  Vtable const *vtable_ = nullptr;
  void *storage_ = nullptr;
  pending_operation<Vtable> *pending_ = nullptr;
};

} // namespace snug::io::detail

#endif
