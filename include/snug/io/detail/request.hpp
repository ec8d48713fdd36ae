// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is to be done with a descriptor, as the part of an awaitable that the event loop sees.
#ifndef SNUG_IO_DETAIL_REQUEST_HPP
#define SNUG_IO_DETAIL_REQUEST_HPP

#include <snug/io/detail/posting.hpp>
#include <snug/io/error.hpp>
#include <snug/io/executor.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <system_error>
#include <utility>

namespace snug::io::detail {

class descriptor;

// Beside the errors of the system, which are positive.
inline constexpr int end_of_file = -1;

std::error_code failure(int error) noexcept;

struct request {
  // Does what can be done without blocking; false if something is left to do. On the loop's thread or the coroutine's.
  using function = bool(request &, int fd) noexcept;

  request(function *f, descriptor *d) noexcept : perform(f), on(d) {}

  std::error_code code() const noexcept { return error == 0 ? no_error : failure(error); }

  function *perform;
  descriptor *on;       // null: closed
  std::size_t done = 0; // bytes
  int error = 0;
  bool exhaust = false;   // a transfer that is cut short does not mean that the system will tell when there is more
  bool drained = false;   // the system has no more for this direction until it tells
  bool suspended = false; // its coroutine waits to be resumed
};

enum class side : bool { reading, writing };

// Whether the request is done.
bool at_once(request &r, side s) noexcept;
// Whether the coroutine is to stay suspended: it is resumed by the posting then.
bool later(request &r, side s, coro h, posting const &post, inplace_stop_token stop) noexcept;
// The coroutine is destroyed while it waits.
void withdraw(request &r, side s) noexcept;

// What awaitables of requests have in common. The state of the operation while the coroutine is suspended is in the
// descriptor; the awaitable holds what is to be done and what came out.
template <class Request, side Side> class operation : public Request {
public:
  static constexpr side direction = Side;

  using Request::Request;
  operation(operation &&other) noexcept : Request(std::move(other)) {}
  ~operation() {
    if (this->suspended) {
      withdraw(*this, Side);
    }
  }

  bool await_ready() noexcept { return at_once(*this, Side); }
  template <executor_handle Handle> bool await_suspend(coro h, Handle ex, inplace_stop_token stop) noexcept {
    return later(*this, Side, h, posting(ex), stop);
  }

protected:
  // First of all in await_resume.
  void resumed() noexcept { this->suspended = false; }
};

} // namespace snug::io::detail

#endif
