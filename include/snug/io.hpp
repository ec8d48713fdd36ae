// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Everything of coroutine I/O; each part can also be included by its own header.
#ifndef SNUG_IO_HPP
#define SNUG_IO_HPP

#include <snug/io/async_run.hpp>
#include <snug/io/awaitable.hpp>
#include <snug/io/buffer.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/error.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/executor_ptr.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/executor_scheduler.hpp>
#include <snug/io/frame_allocator.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/io_env.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/ip_address.hpp>
#include <snug/io/read.hpp>
#include <snug/io/read_until.hpp>
#include <snug/io/resolver.hpp>
#include <snug/io/run_on.hpp>
#include <snug/io/sender.hpp>
#include <snug/io/steady_timer.hpp>
#include <snug/io/strand.hpp>
#include <snug/io/stream_socket.hpp>
#include <snug/io/task.hpp>
#include <snug/io/tcp_acceptor.hpp>
#include <snug/io/tcp_socket.hpp>
#include <snug/io/unix_stream.hpp>
#include <snug/io/with_timeout.hpp>
#include <snug/io/work.hpp>
#include <snug/io/write.hpp>

#endif
