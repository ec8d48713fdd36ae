// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starting, completing and cancelling what is read from a socket and written to it.
#include "descriptor.hpp"

#include "event_loop.hpp"
#include "system_calls.hpp"
#include <snug/detail/assert.hpp>

#include <cerrno>
#include <thread>
#include <utility>

namespace snug::io::detail {

direction::direction(descriptor &d) noexcept
    : work{nullptr, &descriptor::resume}, stop_callback_base(&descriptor::stop), owner(d) {}

void descriptor::reset(int number) noexcept {
  fd = number;
  watched.store(false, std::memory_order_relaxed);
  abandoned = false;
  reading.word.store(direction::ready, std::memory_order_relaxed);
  writing.word.store(direction::ready, std::memory_order_relaxed);
}

// The bit goes before the system call: an edge that comes after it is not lost.
bool descriptor::try_again(direction &d, request &r, int fd) noexcept {
  r.exhaust = (d.clear(direction::ready) & direction::hung_up) != 0;
  if (!r.perform(r, fd)) {
    return false;
  }
  if (!r.drained) {
    d.set(direction::ready);
  }
  return true;
}

bool descriptor::at_once(direction &d, request &r) noexcept {
  if (fd < 0) {
    r.error = EBADF;
    return true;
  }
  std::uint32_t const word = d.word.load(std::memory_order_acquire);
  return (word & (direction::ready | direction::hung_up)) != 0 && event_loop::may_complete_at_once() &&
         try_again(d, r, fd);
}

bool descriptor::later(direction &d, request &r, coro h, posting const &post, inplace_stop_token stop) noexcept {
  SNUG_ASSERT(d.pending == nullptr,
              "a coroutine waits for this direction of the socket already: one reads and one writes "
              "at a time; use a strand or a queue for more");
  if (stop.stop_requested() || loop->closing()) {
    r.error = ECANCELED;
    return false;
  }
  if (!watched.load(std::memory_order_acquire) && !loop->watch(*this)) {
    r.error = errno;
    return false;
  }
  loop->operation_started();
  d.pending = &r;
  d.awaiting = h;
  d.post = post;
  r.suspended = true;
  if ((d.word.load(std::memory_order_relaxed) & direction::stopping) != 0) {
    d.clear(direction::stopping); // came too late for the last request
  }
  d.attach(stop);
  bool tried = false;
  for (std::uint32_t word = d.word.load(std::memory_order_acquire);;) {
    if ((word & direction::stopping) != 0) {
      r.error = ECANCELED;
      return finished_at_once(d);
    }
    if ((word & direction::ready) != 0 || ((word & direction::hung_up) != 0 && !tried)) {
      if (try_again(d, r, fd)) {
        return finished_at_once(d);
      }
      tried = true;
      word = d.word.load(std::memory_order_acquire);
    } else if (d.exchange(word, word | direction::waiting)) {
      return true;
    }
  }
}

// Between suspension and handing over. Where it is the turn of others the coroutine is resumed after them.
bool descriptor::finished_at_once(direction &d) noexcept {
  if (!event_loop::may_complete_at_once()) {
    complete(d);
    return true;
  }
  d.detach();
  d.pending->suspended = false;
  d.pending = nullptr;
  loop->operation_finished();
  return false;
}

void descriptor::on_event(std::uint32_t events) noexcept {
  constexpr std::uint32_t failed = EPOLLHUP | EPOLLERR;
  constexpr std::uint32_t last = EPOLLRDHUP | EPOLLPRI | failed; // reading stops at urgent data, whatever is behind it
  if ((events & (EPOLLIN | last)) != 0) {
    on_edge(reading, direction::ready | ((events & last) != 0 ? direction::hung_up : 0));
  }
  if ((events & (EPOLLOUT | failed)) != 0) {
    on_edge(writing, direction::ready | ((events & failed) != 0 ? direction::hung_up : 0));
  }
}

void descriptor::on_edge(direction &d, std::uint32_t bits) noexcept {
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    bool const awaited = (word & direction::waiting) != 0;
    std::uint32_t const claim =
        (word & ~(direction::waiting | direction::ready)) | direction::claimed | (bits & direction::hung_up);
    if (d.exchange(word, awaited ? claim : word | bits)) {
      if (!awaited) {
        return;
      }
      break;
    }
  }
  request &r = *d.pending;
  r.exhaust = ((word | bits) & direction::hung_up) != 0;
  bool const performed = r.perform(r, fd);
  word = d.word.load(std::memory_order_acquire);
  for (;;) {
    bool const goes_on = !performed && (word & direction::stopping) == 0;
    std::uint32_t const left = performed && !r.drained ? direction::ready : 0;
    std::uint32_t const unclaimed = word & ~(direction::claimed | direction::stopping);
    if (!performed && !goes_on) {
      r.error = ECANCELED;
    }
    if (d.exchange(word, unclaimed | (goes_on ? direction::waiting : left))) {
      if (goes_on) {
        return;
      }
      break;
    }
  }
  complete(d);
}

// The request belongs to the caller alone. Once it is posted the coroutine may go on, and everything be gone.
void descriptor::complete(direction &d) noexcept {
  event_loop &l = *loop;
  d.post(&d);
  l.operation_finished();
}

void descriptor::cancel(direction &d, by whom) noexcept {
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    if ((word & direction::waiting) != 0) {
      if (d.exchange(word, word & ~direction::waiting)) {
        d.pending->error = ECANCELED;
        complete(d);
        return;
      }
    } else if ((word & direction::claimed) == 0 && whom == by::cancel) {
      return;
    } else if (d.exchange(word, word | direction::stopping)) {
      return;
    }
  }
}

void descriptor::cancel() noexcept {
  cancel(reading, by::cancel);
  cancel(writing, by::cancel);
}

// Base to derived, [expr.static.cast]/10: only directions have this function.
void descriptor::stop(snug::detail::stop_callback_base &callback) noexcept {
  auto &d = static_cast<direction &>(callback);
  d.owner.cancel(d, by::stop_token);
}

// Base to derived, [expr.static.cast]/11: only directions have this function.
void descriptor::resume(work *w) noexcept {
  auto &d = *static_cast<direction *>(w);
  d.detach();
  coro const h = d.awaiting;
  d.pending = nullptr;
  if (d.owner.abandoned) {
    d.owner.give_back();
  }
  h.resume();
}

// A posted request stays with its executor, and resumes nobody.
void descriptor::withdraw(direction &d, request &r) noexcept {
  SNUG_ASSERT(d.pending == &r, "only what suspends can be withdrawn");
  r.suspended = false;
  d.detach();
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    if ((word & direction::waiting) != 0) {
      if (d.exchange(word, word & ~direction::waiting)) {
        d.pending = nullptr;
        loop->operation_finished();
        return;
      }
    } else if ((word & direction::claimed) != 0) {
      std::this_thread::yield();
      word = d.word.load(std::memory_order_acquire);
    } else {
      d.awaiting = std::noop_coroutine();
      return;
    }
  }
}

int descriptor::release() noexcept {
  for (direction *const d : {&reading, &writing}) {
    cancel(*d, by::cancel);
    while ((d->word.load(std::memory_order_acquire) & direction::claimed) != 0) {
      std::this_thread::yield();
    }
  }
  return std::exchange(fd, -1);
}

// Closing takes the descriptor out of the epoll instance, too.
int descriptor::close() noexcept {
  int const number = release();
  return number < 0 || sys->close(number) == 0 ? 0 : errno;
}

void descriptor::abandon() noexcept {
  close();
  abandoned = true;
  give_back();
}

void descriptor::give_back() noexcept {
  if (reading.pending != nullptr || writing.pending != nullptr) {
    return;
  }
  if (loop != nullptr) {
    loop->retire(*this);
  } else {
    delete this;
  }
}

void descriptor::orphan() noexcept {
  close();
  loop = nullptr;
}

bool at_once(request &r, side s) noexcept {
  if (r.on == nullptr) {
    r.error = r.error == 0 ? EBADF : r.error; // why it could not be opened
    return true;
  }
  return r.on->at_once(r.on->of(s), r);
}

bool later(request &r, side s, coro h, posting const &post, inplace_stop_token stop) noexcept {
  return r.on->later(r.on->of(s), r, h, post, stop);
}

void withdraw(request &r, side s) noexcept { r.on->withdraw(r.on->of(s), r); }

} // namespace snug::io::detail
