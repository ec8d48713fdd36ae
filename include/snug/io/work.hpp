// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What an executor queues.
#ifndef SNUG_IO_WORK_HPP
#define SNUG_IO_WORK_HPP

#include <coroutine>

namespace snug::io {

/// Any suspended coroutine.
using coro = std::coroutine_handle<>;

/// Something that an executor runs once. An operation derives from it, so that posting needs no memory.
///
/// run does not throw. Its type does not say so, since what resumes a coroutine could then not end in a jump.
/// State:      16 bytes: the next in the queue, and what to call (x86-64, Itanium ABI), held by io/work_test.cpp.
/// Lifetime:   belongs to the executor from post() until run is called, which may post it again, or destroy it.
struct work {
  work *next = nullptr;
  void (*run)(work *) = nullptr;
};

} // namespace snug::io

#endif
