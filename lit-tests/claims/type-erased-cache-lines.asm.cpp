// CLAIM: an operation that completes at once touches 2 cache lines with a flat table, 3 with a split one
// SOURCE: "Type-Erasing Awaitables", "Cache Line Analysis"
// VERDICT: reproduced (object and table against object, table and table of the awaitable; the line of the awaitable
//   itself, in the coroutine's frame, is one more in both; so it is with any_read_source as it is, of whose rows the first
//   counts the table of the awaitable by either name: as what makes it returns it, and as it is kept)
// RUN: %compile -c %s -o %t.o
// RUN: %snug asm %t.o --function='^described_flat' --format=json | %figures --lines --name='flat, as described' > %t.txt
// RUN: %snug asm %t.o --function='^described_split' --format=json | %figures --lines --name='split, as described' >> %t.txt
// RUN: %snug asm %t.o --function='^read_source_suspend' --format=json | %figures --lines --name='any_read_source, await_suspend' >> %t.txt
// RUN: %snug asm %t.o --function='^read_source_resume' --format=json | %figures --lines --name='any_read_source, await_resume' >> %t.txt
// RUN: FileCheck %s --match-full-lines --check-prefix=MEASURED < %t.txt
// MEASURED: flat, as described: 3 cache lines: arg0, arg0→0, arg0→0→8
// MEASURED: split, as described: 4 cache lines: arg0, arg0→0, arg0→0→8, ret(*arg0→0→8→0)
// MEASURED: any_read_source, await_suspend: 5 cache lines: arg0, arg0→0, arg0→0→8, ret(*arg0→0→8→0), {ret(*arg0→0→8→0) | arg0→8}
// MEASURED: any_read_source, await_resume: 3 cache lines: arg0, arg0→0, arg0→8
//
// CLAIM: making the inner awaitable in await_ready() or in await_suspend(), both variants touch the same two cache lines
// SOURCE: "Type-Erasing Awaitables", "Single-Operation: Flat Vtable"
// VERDICT: reproduced (object and table, beside the frame; await_resume() finds the table that await_ready() or
//   await_suspend() has left in the frame, and in the last row the table counts by either name)
// RUN: %snug asm %t.o --function='^read_stream_ready' --format=json | %figures --lines --name='any_read_stream, await_ready' > %t.txt
// RUN: %snug asm %t.o --function='^read_stream_resume' --format=json | %figures --lines --name='any_read_stream, await_resume' >> %t.txt
// RUN: %snug asm %t.o --function='^write_stream_suspend' --format=json | %figures --lines --name='any_write_stream, await_suspend' >> %t.txt
// RUN: FileCheck %s --match-full-lines --check-prefix=MEASURED-1 < %t.txt
// MEASURED-1: any_read_stream, await_ready: 3 cache lines: arg0, arg0→0, arg0→0→8
// MEASURED-1: any_read_stream, await_resume: 3 cache lines: arg0, arg0→0, arg0→8
// MEASURED-1: any_write_stream, await_suspend: 4 cache lines: arg0, arg0→0, arg0→0→8, {arg0→0→8 | arg0→8}
#include "Inputs/type_erased_reads.hpp"

#include <snug/any.hpp>

std::size_t described_flat(flat::awaitable &a) { return flat::read_at_once(a); }
std::size_t described_split(split::awaitable &a) { return split::read_at_once(a); }

using read_some = decltype(std::declval<io::any_read_stream &>().read_some(io::mutable_buffer()));
using source_read_some = decltype(std::declval<io::any_read_source &>().read_some(io::mutable_buffer()));
using write_some = decltype(std::declval<io::any_write_stream &>().write_some(io::const_buffer()));

bool read_stream_ready(read_some &op) { return op.await_ready(); }
std::size_t read_stream_resume(read_some &op) { return op.await_resume().value; }
io::coro write_stream_suspend(write_some &op, io::coro h, io::executor_ptr ex, snug::inplace_stop_token stop) {
  return op.await_suspend(h, ex, stop);
}
io::coro read_source_suspend(source_read_some &op, io::coro h, io::executor_ptr ex, snug::inplace_stop_token stop) {
  return op.await_suspend(h, ex, stop);
}
std::size_t read_source_resume(source_read_some &op) { return op.await_resume().value; }
