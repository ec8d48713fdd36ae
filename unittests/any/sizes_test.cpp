// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The sizes that the headers state, with every storage of the executor.
#include "scripted_stream.hpp"
#include "support.hpp"

#include <snug/any.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace {

using namespace snug_test;

template <class Handle> constexpr bool has_stated_sizes() {
  using read_table = io::detail::flat_vtable<Handle, io::mutable_buffer>;
  using write_table = io::detail::flat_vtable<Handle, io::const_buffer>;
  using source_table = io::detail::split_vtable<Handle, io::mutable_buffer>;
  using awaitable_table = io::detail::awaitable_ops<Handle>;
  static_assert(sizeof(void *) == 8, "the sizes of another word are not known yet");
  static_assert(sizeof(read_table) == 64 && alignof(read_table) == 64);
  static_assert(sizeof(write_table) == 64 && alignof(write_table) == 64);
  static_assert(sizeof(source_table) == 32 && alignof(source_table) == 32);
  static_assert(sizeof(awaitable_table) == 32 && alignof(awaitable_table) == 32);
  // What an operation that completes at once needs comes first.
  static_assert(offsetof(read_table, construct_awaitable) == 0);
  static_assert(offsetof(read_table, await_ready) == 8);
  static_assert(offsetof(read_table, await_suspend) == 16);
  static_assert(offsetof(read_table, await_resume) == 24);
  static_assert(offsetof(read_table, destroy_awaitable) == 32);
  static_assert(offsetof(read_table, awaitable_size) == 40);
  static_assert(offsetof(read_table, awaitable_align) == 48);
  static_assert(offsetof(read_table, destroy) == 56);

  static_assert(sizeof(io::basic_any_read_stream<Handle>) == 32);
  static_assert(sizeof(io::basic_any_write_stream<Handle>) == 32);
  static_assert(sizeof(io::basic_any_stream<Handle>) == 64);
  static_assert(sizeof(io::basic_any_read_source<Handle>) == 32);
  static_assert(sizeof(io::basic_any_write_sink<Handle>) == 32);
  return true;
}
static_assert(has_stated_sizes<io::executor_ref>());
static_assert(has_stated_sizes<io::executor_ptr>());
static_assert(has_stated_sizes<io::env_ptr>());

// An operation is what is awaited, a table, and a buffer or a span of them.
template <class Awaitable> inline constexpr std::size_t size_of = sizeof(Awaitable);
static_assert(size_of<decltype(std::declval<io::any_read_stream &>().read_some(io::mutable_buffer()))> == 32);
static_assert(size_of<decltype(std::declval<io::any_write_sink &>().write(std::span<io::const_buffer const>()))> == 32);
static_assert(size_of<decltype(std::declval<io::any_write_sink &>().write_eof())> == 16);

// Wrappers of one storage of the executor are no wrappers of another, unless one context can be had from the other.
static_assert(std::constructible_from<io::any_read_stream, scripted_stream<> *>);
static_assert(!std::constructible_from<io::any_read_stream, int *>);
static_assert(!std::constructible_from<io::any_write_sink, io::any_write_stream *>, "which has no write()");
static_assert(!std::is_copy_constructible_v<io::any_stream> && std::is_nothrow_move_constructible_v<io::any_stream>);
static_assert(!std::is_copy_constructible_v<io::any_read_source>);
static_assert(io::io_awaitable<decltype(std::declval<io::any_read_stream &>().read_some(io::mutable_buffer())),
                               io::executor_ptr>);

} // namespace
