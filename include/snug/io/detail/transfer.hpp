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
  // Puts the bytes of a sequence behind the first `skip` ones into an array.
  using filler = std::size_t(void const *sequence, std::size_t skip, const_buffer *buffers, std::size_t most);

  using request::request;

  bool is_sequence = false; // in what would be padding
  // Of a single buffer, or of a sequence.
  void const *data = nullptr;
  union {
    std::size_t size = 0;
    filler *fill;
  };
};

// lib/io/transfer.cpp
request::function become_readable, read_some, read_all, write_some, write_all, write_all_and_end;

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

template <class Buffers> void refer_to(Buffers const &buffers, transfer &t) noexcept {
  t.is_sequence = true;
  t.data = &buffers;
  t.fill = &fill_from<Buffers>;
}

// What is kept of buffers beside the transfer: the sequence that was given to keep; nothing where the transfer itself has
// the single buffer, or the address of an lvalue.
template <class Buffers> class kept_buffers {
  static_assert(!std::is_reference_v<Buffers>);

public:
  kept_buffers(transfer &, Buffers &&buffers) : buffers_(static_cast<Buffers &&>(buffers)) {}
  // Where it has come to stay.
  void give_to(transfer &t) const noexcept { refer_to(buffers_, t); }

private:
  Buffers buffers_;
};
template <class Buffers> class kept_buffers<Buffers &> {
public:
  kept_buffers(transfer &t, Buffers &buffers) noexcept { refer_to(buffers, t); }
  static constexpr void give_to(transfer &) noexcept {}
};
template <class Buffers>
  requires std::convertible_to<Buffers const &, const_buffer>
class kept_buffers<Buffers> {
public:
  kept_buffers(transfer &t, const_buffer buffer) noexcept {
    t.data = buffer.data();
    t.size = buffer.size();
  }
  static constexpr void give_to(transfer &) noexcept {}
};

// Single buffers of every kind are kept in the same way.
template <class Buffers>
using kept = std::conditional_t<std::convertible_to<Buffers const &, const_buffer>, kept_buffers<const_buffer>,
                                kept_buffers<Buffers>>;

template <class Buffers, side Side> class [[nodiscard]] transfer_operation : public operation<transfer, Side> {
public:
  template <class B>
  transfer_operation(request::function *f, descriptor *d, B &&buffers)
      : operation<transfer, Side>(f, d), buffers_(*this, static_cast<B &&>(buffers)) {}

  bool await_ready() noexcept {
    buffers_.give_to(*this);
    return at_once(*this, Side);
  }
  io_result<std::size_t> await_resume() noexcept {
    this->resumed();
    return {this->code(), this->done};
  }

private:
  [[no_unique_address]] kept<Buffers> buffers_;
};

} // namespace snug::io::detail

#endif
