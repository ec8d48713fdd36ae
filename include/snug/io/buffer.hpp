// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Memory that I/O reads into and writes from.
#ifndef SNUG_IO_BUFFER_HPP
#define SNUG_IO_BUFFER_HPP

#include <snug/detail/traits.hpp>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace snug::io {

/// Bytes to write from; owns nothing.
///
/// State:      16 bytes (x86-64, Itanium ABI), held by io/buffer_test.cpp.
class const_buffer {
public:
  constexpr const_buffer() = default;
  constexpr const_buffer(void const *data, std::size_t size) noexcept : data_(data), size_(size) {}

  constexpr void const *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }

  /// Leaves out the first bytes, all of them at most.
  const_buffer &operator+=(std::size_t n) noexcept {
    n = n < size_ ? n : size_;
    data_ = static_cast<unsigned char const *>(data_) + n;
    size_ -= n;
    return *this;
  }
  friend const_buffer operator+(const_buffer buffer, std::size_t n) noexcept { return buffer += n; }

private:
  void const *data_ = nullptr;
  std::size_t size_ = 0;
};

/// Bytes to read into; owns nothing.
///
/// State:      16 bytes (x86-64, Itanium ABI), held by io/buffer_test.cpp.
class mutable_buffer {
public:
  constexpr mutable_buffer() = default;
  constexpr mutable_buffer(void *data, std::size_t size) noexcept : data_(data), size_(size) {}

  constexpr void *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr operator const_buffer() const noexcept { return {data_, size_}; }

  /// Leaves out the first bytes, all of them at most.
  mutable_buffer &operator+=(std::size_t n) noexcept {
    n = n < size_ ? n : size_;
    data_ = static_cast<unsigned char *>(data_) + n;
    size_ -= n;
    return *this;
  }
  friend mutable_buffer operator+(mutable_buffer buffer, std::size_t n) noexcept { return buffer += n; }

private:
  void *data_ = nullptr;
  std::size_t size_ = 0;
};

namespace detail {

template <class Buffers, class Buffer>
concept buffer_range = requires(Buffers const &buffers) {
  { *buffers.begin() } -> std::convertible_to<Buffer>;
  buffers.begin() != buffers.end();
} || (std::is_array_v<Buffers> && std::convertible_to<std::remove_extent_t<Buffers> const &, Buffer>);

} // namespace detail

/// One buffer to read into, or a range of them; each of its iterators may be gone through again.
template <class T>
concept mutable_buffer_sequence =
    std::convertible_to<T const &, mutable_buffer> || detail::buffer_range<T, mutable_buffer>;

/// One buffer to write from, or a range of them.
template <class T>
concept const_buffer_sequence = std::convertible_to<T const &, const_buffer> || detail::buffer_range<T, const_buffer>;

/// Calls a function with each buffer of a sequence, as a const_buffer or a mutable_buffer, until it returns false.
template <class Buffer, class Buffers, class F> constexpr void for_each_buffer(Buffers const &buffers, F &&f) {
  if constexpr (std::convertible_to<Buffers const &, Buffer>) {
    f(static_cast<Buffer>(buffers));
  } else {
    for (auto const &one : buffers) {
      if (!f(static_cast<Buffer>(one))) {
        break;
      }
    }
  }
}

/// How many bytes the buffers of a sequence have together.
template <const_buffer_sequence Buffers> constexpr std::size_t buffer_size(Buffers const &buffers) {
  std::size_t sum = 0;
  for_each_buffer<const_buffer>(buffers, [&](const_buffer one) {
    sum += one.size();
    return true;
  });
  return sum;
}

/// Whether there is no byte in the buffers of a sequence.
template <const_buffer_sequence Buffers> constexpr bool buffer_empty(Buffers const &buffers) {
  bool empty = true;
  for_each_buffer<const_buffer>(buffers, [&](const_buffer one) { return empty = one.size() == 0; });
  return empty;
}

/// Copies as many bytes as there are in the source, fit into the destination, and are wanted; returns how many.
template <mutable_buffer_sequence To, const_buffer_sequence From>
std::size_t buffer_copy(To const &to, From const &from, std::size_t at_most = static_cast<std::size_t>(-1)) {
  std::size_t copied = 0;
  for_each_buffer<mutable_buffer>(to, [&](mutable_buffer place) {
    std::size_t skipped = copied;
    for_each_buffer<const_buffer>(from, [&](const_buffer bytes) {
      std::size_t const skip = skipped < bytes.size() ? skipped : bytes.size();
      skipped -= skip;
      bytes += skip;
      std::size_t n = bytes.size() < place.size() ? bytes.size() : place.size();
      n = n < at_most - copied ? n : at_most - copied;
      if (n != 0) {
        std::memmove(place.data(), bytes.data(), n);
      }
      place += n;
      copied += n;
      return place.size() != 0 && copied != at_most;
    });
    return copied != at_most;
  });
  return copied;
}

namespace detail {

template <class Bytes>
concept contiguous_bytes = requires(Bytes &bytes) {
  { bytes.size() } -> std::convertible_to<std::size_t>;
  requires std::is_pointer_v<decltype(bytes.data())>;
  requires std::is_trivially_copyable_v<std::remove_pointer_t<decltype(bytes.data())>>;
};

} // namespace detail

/// The buffer of memory, of an array, or of a container or span with data() and size(): const_buffer where its bytes
/// are const, which those of a const span need not be.
constexpr mutable_buffer buffer(void *data, std::size_t size) noexcept { return {data, size}; }
constexpr const_buffer buffer(void const *data, std::size_t size) noexcept { return {data, size}; }
template <class T, std::size_t N>
  requires std::is_trivially_copyable_v<T>
constexpr auto buffer(T (&array)[N]) noexcept {
  return io::buffer(static_cast<T *>(array), sizeof(array));
}
template <class Bytes>
  requires detail::contiguous_bytes<Bytes>
constexpr auto buffer(Bytes &bytes) noexcept {
  return io::buffer(bytes.data(), bytes.size() * sizeof(*bytes.data()));
}
template <class Bytes>
  requires detail::contiguous_bytes<Bytes const>
constexpr auto buffer(Bytes const &bytes) noexcept {
  return io::buffer(bytes.data(), bytes.size() * sizeof(*bytes.data()));
}

} // namespace snug::io

#endif
