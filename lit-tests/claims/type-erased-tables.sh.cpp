// CLAIM: the flat table of a single operation is 64 bytes, one cache line, in the order of its use
// SOURCE: "Type-Erasing Awaitables", "Single-Operation: Flat Vtable"
// VERDICT: reproduced (and aligned to 64 bytes, without which the 64 bytes would lie in two lines)
// RUN: %compile %s -o %t && %t > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: flat table: 64 bytes, alignment 64; construct, ready, suspend, resume, destroy, size, align, destroy stream at 0 8 16 24 32 40 48 56
//
// CLAIM: the split table and the table of each awaitable are 32 bytes each
// SOURCE: "Type-Erasing Awaitables", "Multi-Operation: Split Vtable with awaitable_ops"
// VERDICT: reproduced (each aligned to 32 bytes, so that it lies in one cache line; one function makes the awaitables of
//   all operations, and is told which)
// RUN: FileCheck %s --check-prefix=MEASURED-1 < %t.txt
// MEASURED-1: split table: 32 bytes, alignment 32; table of an awaitable: 32 bytes, alignment 32
//
// CLAIM: a flat table for several operations duplicates its functions: workable for two operations, unwieldy for four
// SOURCE: "Type-Erasing Awaitables", "Why the Flat Layout Cannot Scale"
// VERDICT: reproduced (any_stream is that for two: two tables of one line each, of which an operation touches one, and
//   two rooms, so that both may be pending)
// RUN: FileCheck %s --check-prefix=MEASURED-2 < %t.txt
// MEASURED-2: tables for 1, 2, 4 operations, flat: 64 128 256 bytes, split: 64 96 160 bytes
// MEASURED-2: wrappers for 1, 2 operations, flat: 32 64 bytes; for 2, 4 operations, split: 32 32 bytes
//
// With the plugin the same is stated in the headers; a table that grew by a function would be found there, too.
// RUN: %snug check %s -- -std=c++20 %include | FileCheck %s --check-prefix=CHECK --allow-empty
// CHECK-NOT: {{error|warning|note}}:
#include <snug/any.hpp>

#include <cstddef>
#include <cstdio>

namespace io = snug::io;

using flat = io::detail::flat_vtable<io::executor_ptr, io::mutable_buffer>;
using split = io::detail::split_vtable<io::executor_ptr, io::mutable_buffer>;
using awaitable_ops = io::detail::awaitable_ops<io::executor_ptr>;

int main() {
  std::printf("flat table: %zu bytes, alignment %zu; construct, ready, suspend, resume, destroy, size, align, destroy stream "
              "at %zu %zu %zu %zu %zu %zu %zu %zu\n",
              sizeof(flat), alignof(flat), offsetof(flat, construct_awaitable), offsetof(flat, await_ready),
              offsetof(flat, await_suspend), offsetof(flat, await_resume), offsetof(flat, destroy_awaitable),
              offsetof(flat, awaitable_size), offsetof(flat, awaitable_align), offsetof(flat, destroy));
  std::printf("split table: %zu bytes, alignment %zu; table of an awaitable: %zu bytes, alignment %zu\n", sizeof(split),
              alignof(split), sizeof(awaitable_ops), alignof(awaitable_ops));
  std::printf("tables for 1, 2, 4 operations, flat: %zu %zu %zu bytes, split: %zu %zu %zu bytes\n", sizeof(flat),
              2 * sizeof(flat), 4 * sizeof(flat), sizeof(split) + sizeof(awaitable_ops),
              sizeof(split) + 2 * sizeof(awaitable_ops), sizeof(split) + 4 * sizeof(awaitable_ops));
  std::printf("wrappers for 1, 2 operations, flat: %zu %zu bytes; for 2, 4 operations, split: %zu %zu bytes\n",
              sizeof(io::any_read_stream), sizeof(io::any_stream), sizeof(io::any_read_source),
              sizeof(io::any_write_sink));
}
