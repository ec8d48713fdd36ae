// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The buffers of one operation, kept until the inner awaitable is made of them.
#ifndef SNUG_ANY_ERASED_BUFFERS_HPP
#define SNUG_ANY_ERASED_BUFFERS_HPP

#include <snug/io/buffer.hpp>

#include <concepts>
#include <cstddef>
#include <span>

namespace snug::io::detail {

// Buffers of one type that lie side by side: nothing but a span crosses the table.
template <class Buffers, class Buffer>
concept adjacent_buffers = std::convertible_to<Buffers const &, std::span<Buffer const>>;

// A sequence that can be handed on whole, whatever its length.
template <class Buffers, class Buffer>
concept whole_buffers = std::convertible_to<Buffers const &, Buffer> || adjacent_buffers<Buffers, Buffer>;

// Some sequence that a stream may fill or drain in part: the first buffers of it. As many as one system call is given
// without asking the system.
template <class Buffer, class Buffers> class erased_buffers {
  static constexpr std::size_t most = 16;

public:
  explicit erased_buffers(Buffers const &buffers) {
    io::for_each_buffer<Buffer>(buffers, [this](Buffer one) {
      if (one.size() != 0) {
        first_[count_++] = one;
      }
      return count_ != most;
    });
  }
  std::span<Buffer const> get() const noexcept { return {first_, count_}; }
  bool empty() const noexcept { return count_ == 0; }

private:
  Buffer first_[most];
  std::size_t count_ = 0;
};

// One buffer lies in the awaitable itself.
template <class Buffer, class Buffers>
  requires std::convertible_to<Buffers const &, Buffer>
class erased_buffers<Buffer, Buffers> {
public:
  explicit erased_buffers(Buffer one) noexcept : one_(one) {}
  std::span<Buffer const> get() const noexcept { return {&one_, 1}; }
  bool empty() const noexcept { return one_.size() == 0; }

private:
  Buffer one_;
};

// Several stay where they are.
template <class Buffer, class Buffers>
  requires(adjacent_buffers<Buffers, Buffer> && !std::convertible_to<Buffers const &, Buffer>)
class erased_buffers<Buffer, Buffers> {
public:
  explicit erased_buffers(std::span<Buffer const> all) noexcept : all_(all) {}
  std::span<Buffer const> get() const noexcept { return all_; }
  bool empty() const noexcept { return io::buffer_empty(all_); }

private:
  std::span<Buffer const> all_;
};

struct no_buffers {};

// An operation without buffers.
template <class Buffer> class erased_buffers<Buffer, no_buffers> {
public:
  explicit erased_buffers(no_buffers) noexcept {}
  static std::span<Buffer const> get() noexcept { return {}; }
};

// One type of awaitable for all sequences that are kept alike.
template <class Buffer, class Buffers> struct buffers_erased_as {
  using type = Buffers;
};
template <class Buffer, class Buffers>
  requires std::convertible_to<Buffers const &, Buffer>
struct buffers_erased_as<Buffer, Buffers> {
  using type = Buffer;
};
template <class Buffer, class Buffers>
  requires(adjacent_buffers<Buffers, Buffer> && !std::convertible_to<Buffers const &, Buffer>)
struct buffers_erased_as<Buffer, Buffers> {
  using type = std::span<Buffer const>;
};
template <class Buffer, class Buffers>
using erased_buffers_t = erased_buffers<Buffer, typename buffers_erased_as<Buffer, Buffers>::type>;

} // namespace snug::io::detail

#endif
