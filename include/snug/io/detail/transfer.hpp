// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Requests that move bytes between buffers and a stream.
#ifndef SNUG_IO_DETAIL_TRANSFER_HPP
#define SNUG_IO_DETAIL_TRANSFER_HPP

#include <snug/io/buffer.hpp>
#include <snug/io/detail/request.hpp>
#include <snug/io/io_result.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace snug::io::detail {

struct transfer : request {
  using request::request;

  // A single buffer, or the sequence and what puts the bytes behind the first `skip` ones into an array.
  void const *data = nullptr;
  std::size_t size = 0;
  std::size_t (*fill)(void const *sequence, std::size_t skip, const_buffer *buffers, std::size_t most) = nullptr;
};

// lib/io/transfer.cpp
request::function read_some, read_all, write_some, write_all, write_all_and_end;

template <class Buffers>
std::size_t fill_from(void const *sequence, std::size_t skip, const_buffer *buffers, std::size_t most) {
  std::size_t count = 0;
  // From void, [expr.static.cast]/14: the transfer put the address of its Buffers beside this function.
  for_each_buffer<const_buffer>(*static_cast<Buffers const *>(sequence), [&](const_buffer one) {
    std::size_t const skipped = skip < one.size() ? skip : one.size();
    skip -= skipped;
    one += skipped;
    if (one.size() != 0) {
      buffers[count++] = one;
    }
    return count != most;
  });
  return count;
}

// What a transfer keeps of its buffers: one buffer by value, the address of an lvalue, or what it was given to keep.
template <class Buffers> class kept_buffers {
  static_assert(!std::is_reference_v<Buffers>);

public:
  explicit kept_buffers(Buffers &&buffers) : buffers_(static_cast<Buffers &&>(buffers)) {}
  void give_to(transfer &t) const noexcept {
    t.data = &buffers_;
    t.fill = &fill_from<Buffers>;
  }

private:
  Buffers buffers_;
};
template <class Buffers> class kept_buffers<Buffers &> {
public:
  explicit kept_buffers(Buffers &buffers) noexcept : buffers_(&buffers) {}
  void give_to(transfer &t) const noexcept {
    t.data = buffers_;
    t.fill = &fill_from<std::remove_const_t<Buffers>>;
  }

private:
  Buffers *buffers_;
};
template <class Buffers>
  requires std::convertible_to<Buffers const &, const_buffer>
class kept_buffers<Buffers> {
public:
  explicit kept_buffers(const_buffer buffer) noexcept : buffer_(buffer) {}
  void give_to(transfer &t) const noexcept {
    t.data = buffer_.data();
    t.size = buffer_.size();
  }

private:
  const_buffer buffer_;
};

// Single buffers of every kind are kept in the same way.
template <class Buffers>
using kept = std::conditional_t<std::convertible_to<Buffers const &, const_buffer>, kept_buffers<const_buffer>,
                                kept_buffers<Buffers>>;

template <class Buffers, side Side> class [[nodiscard]] transfer_operation : public operation<transfer, Side> {
public:
  template <class B>
  transfer_operation(request::function *f, descriptor *d, B &&buffers)
      : operation<transfer, Side>(f, d), buffers_(static_cast<B &&>(buffers)) {}

  bool await_ready() noexcept {
    buffers_.give_to(*this);
    return at_once(*this, Side);
  }
  io_result<std::size_t> await_resume() noexcept {
    this->resumed();
    return {this->code(), this->done};
  }

private:
  kept<Buffers> buffers_;
};

} // namespace snug::io::detail

#endif
